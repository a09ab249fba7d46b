// +build linux,go1.22 windows,go1.21

package m

import "slices"
