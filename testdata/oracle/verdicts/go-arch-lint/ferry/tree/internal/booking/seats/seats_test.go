package seats

import (
	_ "example.com/ferry/internal/fleet/store"
)
