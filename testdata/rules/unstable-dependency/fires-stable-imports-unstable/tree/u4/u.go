package u4

import (
	_ "ex.com/m/core"
)
