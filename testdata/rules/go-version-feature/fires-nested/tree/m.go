package m

import "slices"
