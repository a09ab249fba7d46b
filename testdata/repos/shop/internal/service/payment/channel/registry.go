package channel

import (
	"sort"

	"github.com/acme/shop/pkg/errs"
)

type Registry struct{ m map[string]Channel }

func NewRegistry(cs ...Channel) *Registry {
	r := &Registry{m: map[string]Channel{}}
	for _, c := range cs {
		r.m[c.Code()] = c
	}
	return r
}

func (r *Registry) Get(code string) (Channel, error) {
	c, ok := r.m[code]
	if !ok {
		return nil, errs.Newf(errs.InvalidArgument, "unknown channel %q", code)
	}
	return c, nil
}

// Codes is sorted, so that the settlement runs in a known order.
func (r *Registry) Codes() []string {
	out := make([]string, 0, len(r.m))
	for c := range r.m {
		out = append(out, c)
	}
	sort.Strings(out)
	return out
}
