package infra

import (
	"context"
	"example.com/m/domain"
	"example.com/m/port"
)

type base struct{}

func (base) Find(c context.Context, id string) (o *domain.Order, err error) { return nil, nil }

// Repo fills it.
type Repo struct{ *base }

func (r *Repo) Save(ctx context.Context, o domain.Order, rows ...port.Row) error { return nil }

// Watch watches.
func (r *Repo) Watch(c chan<- port.Row, f func(r port.Row) map[string][]port.Row) {}
