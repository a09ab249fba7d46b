package u0

import (
	_ "ex.com/m/core"
)
