package u5

import (
	_ "ex.com/m/core"
)
