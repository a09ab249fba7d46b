package back

import "example.com/mill/hub/price"

func Bar(n int) float64 { return price.Total("rye", n) }
