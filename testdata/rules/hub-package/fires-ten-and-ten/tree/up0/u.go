package up0

import (
	_ "ex.com/m/hub"
)
