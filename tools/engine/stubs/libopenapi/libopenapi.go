// Package libopenapi stands in for the module of that name, of which the CLI needs the types alone.
//
// Only `pulumi cloud api` reads an OpenAPI document with it, and nothing here uses that command. The real module is a
// good part of the time that a build takes.
package libopenapi

import (
	"errors"

	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// Document would be an OpenAPI document.
type Document struct{}

// DocumentModel would hold what is in it.
type DocumentModel[T any] struct {
	Model T
}

var errNotBuilt = errors.New(
	"this build of the CLI leaves out `pulumi cloud api`; install a release of Pulumi to use it")

// NewDocument fails: it says what to do instead.
func NewDocument([]byte) (Document, error) {
	return Document{}, errNotBuilt
}

// BuildV3Model is never reached.
func (Document) BuildV3Model() (*DocumentModel[v3.Document], error) {
	return nil, errNotBuilt
}
