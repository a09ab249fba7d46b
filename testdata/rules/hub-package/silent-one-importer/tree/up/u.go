package up

import (
	_ "ex.com/m/wire"
)
