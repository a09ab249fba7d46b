package up7

import (
	_ "ex.com/m/hub"
)
