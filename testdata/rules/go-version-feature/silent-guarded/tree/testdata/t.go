package t

import "iter"
