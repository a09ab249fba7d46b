package carrierapi

import (
	"time"

	"github.com/acme/shop/pkg/timex"
)

// Clock is the business clock as a port.
type Clock struct{}

func (Clock) Now() time.Time { return timex.Now() }
