package old

import "slices"
