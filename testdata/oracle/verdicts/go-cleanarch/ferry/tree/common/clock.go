package common

import (
	_ "example.com/ferry/booking/domain/seat"
)
