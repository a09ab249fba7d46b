package back

import "example.com/mill/hub/scale"

type Sack struct{ s *scale.Scale }

func (x Sack) Weigh() int { return x.s.Weigh() }
