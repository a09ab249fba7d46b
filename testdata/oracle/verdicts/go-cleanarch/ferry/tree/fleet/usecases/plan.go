package usecases

import (
	_ "example.com/ferry/fleet/domain"
	_ "example.com/ferry/booking/domain/seat"
)
