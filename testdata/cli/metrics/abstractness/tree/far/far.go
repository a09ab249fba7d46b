// Package far is abstract and nobody imports it.
package far

import "example.com/abs/store"

type A interface{ F(store.File) }
type B interface{ G(store.Cache) }
