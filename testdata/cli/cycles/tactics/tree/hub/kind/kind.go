package kind

import "example.com/mill/hub/store"

type Kind int

const (
	Rye Kind = iota
	Wheat
	Oat
)

func Keep() int { return store.Save("kind") }
