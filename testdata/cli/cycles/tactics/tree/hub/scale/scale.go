package scale

import "example.com/mill/hub/store"

type Scale struct{ n int }

func New() *Scale { return &Scale{} }

func (s *Scale) Weigh() int { return store.Save("scale") + s.n }
