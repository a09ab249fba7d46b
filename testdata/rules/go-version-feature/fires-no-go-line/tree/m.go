package m

import (
	"embed"
	"net/netip"
)
