package fare

import (
	_ "example.com/ferry/booking/domain/seat"
	_ "example.com/ferry/booking/app"
)
