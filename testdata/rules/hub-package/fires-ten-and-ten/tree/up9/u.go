package up9

import (
	_ "ex.com/m/hub"
)
