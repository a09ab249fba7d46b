package up2

import (
	_ "ex.com/m/hub"
)
