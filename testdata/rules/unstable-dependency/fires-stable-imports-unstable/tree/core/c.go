package core

import (
	_ "ex.com/m/fresh"
)
