package u1

import (
	_ "ex.com/m/core"
)
