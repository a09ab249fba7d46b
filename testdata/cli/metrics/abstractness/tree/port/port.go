// Package port is abstract; an alias and a local type do not count.
package port

type Saver interface{ Save(string) error }

type Loader interface {
	Load() (string, error)
}

type Also = Saver

type Names []string

func F() { type local struct{ n int }; _ = local{} }
