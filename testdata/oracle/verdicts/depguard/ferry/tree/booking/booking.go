package booking

import (
	_ "fmt"
	_ "github.com/acme/log"
)
