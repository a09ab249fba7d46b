package data

import (
	_ "fmt"
)
