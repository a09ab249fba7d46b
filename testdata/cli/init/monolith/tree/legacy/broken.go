package legacy

import "fmt
