package up5

import (
	_ "ex.com/m/hub"
)
