package u2

import (
	_ "ex.com/m/core"
	_ "ex.com/m/fresh"
)
