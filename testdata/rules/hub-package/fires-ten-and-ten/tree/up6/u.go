package up6

import (
	_ "ex.com/m/hub"
)
