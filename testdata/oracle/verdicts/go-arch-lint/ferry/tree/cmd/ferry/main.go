package main

import (
	_ "example.com/ferry/internal/booking"
	_ "example.com/ferry/internal/fleet/store"
)
