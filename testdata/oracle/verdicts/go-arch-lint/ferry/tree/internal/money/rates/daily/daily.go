package daily

import (
	_ "net/http"
	_ "github.com/acme/log"
)
