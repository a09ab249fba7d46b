package u3

import (
	_ "ex.com/m/core"
)
