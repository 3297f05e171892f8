// Package v3 has the parts of a document that the CLI names.
package v3

import (
	"github.com/pb33f/libopenapi/datamodel/high/base"
	"github.com/pb33f/libopenapi/orderedmap"
	"go.yaml.in/yaml/v4"
)

// Document is a whole one.
type Document struct {
	Info       *base.Info
	Paths      *Paths
	Components *Components
}

// Components has the schemas that others refer to.
type Components struct {
	Schemas *orderedmap.Map[string, *base.SchemaProxy]
}

// Paths has what is below each path.
type Paths struct {
	PathItems *orderedmap.Map[string, *PathItem]
}

// PathItem has the operations of a path.
type PathItem struct {
	Get, Post, Put, Delete, Patch, Head *Operation
}

// Operation is what a method does.
type Operation struct {
	OperationId string
	Summary     string
	Description string
	Tags        []string
	Deprecated  *bool
	Parameters  []*Parameter
	RequestBody *RequestBody
	Responses   *Responses
	Extensions  *orderedmap.Map[string, *yaml.Node]
}

// Parameter is one of an operation's.
type Parameter struct {
	Name        string
	In          string
	Description string
	Required    *bool
	Schema      *base.SchemaProxy
}

// RequestBody is what is sent.
type RequestBody struct {
	Content *orderedmap.Map[string, *MediaType]
}

// Responses are the answers.
type Responses struct {
	Codes   *orderedmap.Map[string, *Response]
	Default *Response
}

// Response is one of them.
type Response struct {
	Description string
	Content     *orderedmap.Map[string, *MediaType]
}

// MediaType is one form of a body.
type MediaType struct {
	Schema *base.SchemaProxy
}
