package port

import (
	"context"
	"io"
	"example.com/m/domain"
)

// Row is data.
type Row struct{ ID string }

// Finder finds.
type Finder interface {
	Find(ctx context.Context, id string) (*domain.Order, error)
}

// Store stores.
type Store interface {
	Finder
	Save(ctx context.Context, o *domain.Order, rows ...Row) error
	Watch(c chan<- Row, f func(Row) map[string][]Row)
}

type hidden interface{ Nobody() }

// Odd embeds what is not known.
type Odd interface {
	io.Reader
	Odd()
}
