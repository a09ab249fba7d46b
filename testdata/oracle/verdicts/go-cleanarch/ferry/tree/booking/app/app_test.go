package app

import (
	_ "example.com/ferry/booking/infrastructure"
)
