package ship

import (
	_ "example.com/ferry/internal/money/rates"
	_ "example.com/ferry/internal/money/rates/daily"
)
