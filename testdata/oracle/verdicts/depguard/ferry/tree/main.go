package main

import (
	_ "example.com/ferry/booking/desk"
	_ "github.com/acme/sql"
	_ "github.com/acme/sqlite"
)
