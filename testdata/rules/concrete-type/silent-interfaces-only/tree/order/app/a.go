package app

import (
	"example.com/m/user/contract"
)

// F is what we need.
type F struct{ f contract.Finder }

var most, f = contract.Most, contract.New()
