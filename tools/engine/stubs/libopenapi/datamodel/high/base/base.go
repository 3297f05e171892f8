// Package base has the fields of schemas that the CLI names.
package base

import (
	"github.com/pb33f/libopenapi/orderedmap"
	"go.yaml.in/yaml/v4"
)

// Info is about a document.
type Info struct {
	Version string
}

// Discriminator says which of several schemas a value has.
type Discriminator struct {
	PropertyName string
	Mapping      *orderedmap.Map[string, string]
}

// DynamicValue is one of two things.
type DynamicValue[A, B any] struct {
	N int
	A A
	B B
}

// IsA says whether it is the first.
func (d *DynamicValue[A, B]) IsA() bool {
	return d.N == 0
}

// SchemaProxy leads to a schema.
type SchemaProxy struct{}

// Schema leads nowhere.
func (*SchemaProxy) Schema() *Schema {
	return nil
}

// Low is the schema as it was written.
type Low struct{}

// Hash is the same for all of them.
func (*Low) Hash() uint64 {
	return 0
}

// Schema describes a value.
type Schema struct {
	Type                 []string
	Format               string
	Description          string
	Pattern              string
	Required             []string
	Enum                 []*yaml.Node
	Default              *yaml.Node
	Nullable             *bool
	ReadOnly             *bool
	MinLength            *int64
	MaxLength            *int64
	Minimum              *float64
	Maximum              *float64
	MultipleOf           *float64
	AllOf                []*SchemaProxy
	OneOf                []*SchemaProxy
	AnyOf                []*SchemaProxy
	Discriminator        *Discriminator
	Properties           *orderedmap.Map[string, *SchemaProxy]
	AdditionalProperties *DynamicValue[*SchemaProxy, bool]
	Items                *DynamicValue[*SchemaProxy, bool]
	Extensions           *orderedmap.Map[string, *yaml.Node]
}

// GoLow returns nothing.
func (*Schema) GoLow() *Low {
	return nil
}

// MarshalJSONInline returns nothing.
func (*Schema) MarshalJSONInline() ([]byte, error) {
	return nil, nil
}
