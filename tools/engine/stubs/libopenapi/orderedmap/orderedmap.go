// Package orderedmap has the maps of a document; without a document, all of them are empty.
package orderedmap

import "iter"

// Map is empty.
type Map[K comparable, V any] struct{}

// New returns an empty map.
func New[K comparable, V any]() *Map[K, V] {
	return &Map[K, V]{}
}

// Len returns 0.
func Len[K comparable, V any](*Map[K, V]) int {
	return 0
}

// Set does nothing.
func (*Map[K, V]) Set(K, V) {}

// Delete does nothing.
func (*Map[K, V]) Delete(K) {}

// Get finds nothing.
func (*Map[K, V]) Get(K) (value V, known bool) {
	return value, false
}

// GetOrZero returns the zero value.
func (*Map[K, V]) GetOrZero(K) (value V) {
	return value
}

// FromOldest goes through nothing.
func (*Map[K, V]) FromOldest() iter.Seq2[K, V] {
	return func(func(K, V) bool) {}
}

// KeysFromOldest goes through nothing.
func (*Map[K, V]) KeysFromOldest() iter.Seq[K] {
	return func(func(K) bool) {}
}
