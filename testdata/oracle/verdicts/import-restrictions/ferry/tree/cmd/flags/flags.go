package flags

import (
	_ "flag"
)
