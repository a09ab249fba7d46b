package b

import "example.com/one/c"
