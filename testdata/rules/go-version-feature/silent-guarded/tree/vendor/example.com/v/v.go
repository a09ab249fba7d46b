package v

import "iter"
