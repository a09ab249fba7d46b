package dock

import (
	_ "github.com/acme/log"
)
