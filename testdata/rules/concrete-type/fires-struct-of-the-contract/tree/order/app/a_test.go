package app

import (
	"example.com/m/user/contract"
)

var u contract.User
