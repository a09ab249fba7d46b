package m

import (
	"fmt"
	"net/netip"
	"slices"
)
