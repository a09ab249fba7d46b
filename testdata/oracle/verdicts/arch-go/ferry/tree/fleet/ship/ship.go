package ship

import (
	_ "net"
	_ "time"
	_ "example.com/ferry/money/rates"
)
