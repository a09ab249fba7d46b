package u2

import (
	_ "ex.com/m/core"
)
