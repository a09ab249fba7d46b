package up1

import (
	_ "ex.com/m/hub"
)
