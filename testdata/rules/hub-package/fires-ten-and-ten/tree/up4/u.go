package up4

import (
	_ "ex.com/m/hub"
)
