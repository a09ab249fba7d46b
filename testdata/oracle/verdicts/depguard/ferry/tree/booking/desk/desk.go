package desk

import (
	_ "net/http"
	_ "net/http/httptest"
	_ "example.com/ferry/booking"
	_ "example.com/ferry/fleet"
	_ "github.com/acme/logger"
)
