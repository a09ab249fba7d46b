// Package ptr is what everybody writes twice.
package ptr

func To[T any](v T) *T { return &v }

func Val[T any](p *T) T {
	if p == nil {
		var z T
		return z
	}
	return *p
}

func Or[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}
