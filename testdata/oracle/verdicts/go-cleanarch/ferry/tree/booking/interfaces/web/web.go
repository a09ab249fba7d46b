package web

import (
	_ "example.com/ferry/booking/app"
	_ "example.com/ferry/booking/infrastructure/mail"
	_ "net/http"
)
