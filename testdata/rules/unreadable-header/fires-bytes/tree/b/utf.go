package b

import "fÿ"
