package fresh

import (
	_ "ex.com/m/x"
	_ "ex.com/m/y"
	_ "ex.com/m/z"
)
