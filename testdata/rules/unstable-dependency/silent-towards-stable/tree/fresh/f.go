package fresh

import (
	_ "ex.com/m/core"
)
