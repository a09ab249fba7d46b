package up3

import (
	_ "ex.com/m/hub"
)
