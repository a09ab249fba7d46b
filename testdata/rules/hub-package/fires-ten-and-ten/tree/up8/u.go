package up8

import (
	_ "ex.com/m/hub"
)
