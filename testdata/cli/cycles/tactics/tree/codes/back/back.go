package back

import "example.com/mill/hub/kind"

var Known = []int{int(kind.Rye), int(kind.Oat)}
