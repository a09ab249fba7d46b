// Package set is the generic set the standard library does not have.
package set

type Set[T comparable] map[T]struct{}

func Of[T comparable](xs ...T) Set[T] {
	s := make(Set[T], len(xs))
	for _, x := range xs {
		s[x] = struct{}{}
	}
	return s
}

func (s Set[T]) Add(x T)      { s[x] = struct{}{} }
func (s Set[T]) Has(x T) bool { _, ok := s[x]; return ok }
func (s Set[T]) Remove(x T)   { delete(s, x) }

// Minus returns what is in s and not in o.
func (s Set[T]) Minus(o Set[T]) Set[T] {
	out := Set[T]{}
	for x := range s {
		if !o.Has(x) {
			out.Add(x)
		}
	}
	return out
}

func Unique[T comparable](xs []T) []T {
	seen := make(Set[T], len(xs))
	out := xs[:0:0]
	for _, x := range xs {
		if !seen.Has(x) {
			seen.Add(x)
			out = append(out, x)
		}
	}
	return out
}
