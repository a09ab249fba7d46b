package seat

import (
	_ "time"
)
