package price

import (
	"math"

	"example.com/mill/hub/store"
)

var rates = map[string]float64{"rye": 1.5}

func Total(kind string, n int) float64 { return round(rates[kind] * float64(n)) }

func round(x float64) float64 { return math.Round(x) }

func Keep() int { return store.Save("price") }
