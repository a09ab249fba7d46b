package rates

import (
	_ "math"
)
