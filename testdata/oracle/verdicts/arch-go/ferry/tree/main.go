package main

import (
	_ "example.com/ferry/booking/desk"
	_ "example.com/ferry/fleet/ship"
)
