package hub

import (
	_ "ex.com/m/low0"
	_ "ex.com/m/low1"
	_ "ex.com/m/low2"
	_ "ex.com/m/low3"
	_ "ex.com/m/low4"
	_ "ex.com/m/low5"
	_ "ex.com/m/low6"
	_ "ex.com/m/low7"
	_ "ex.com/m/low8"
	_ "ex.com/m/low9"
)
