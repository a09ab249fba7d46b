package app

import (
	"example.com/m/user/contract"
)

// F is what we need.
type F struct{ f contract.Finder }

// Get uses it.
func Get() *contract.User {
	_ = contract.New()
	_ = contract.ID("x")
	return &contract.User{}
}

var most = contract.Most
