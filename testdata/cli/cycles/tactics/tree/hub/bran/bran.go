// Package bran needs them as well: leaving out one import would not do.
package bran

import (
	alertuse "example.com/mill/alert/use"
	branduse "example.com/mill/brand/use"
	chartuse "example.com/mill/chart/use"
	codesuse "example.com/mill/codes/use"
	grainuse "example.com/mill/grain/use"
	hooksuse "example.com/mill/hooks/use"
	labelsuse "example.com/mill/labels/use"
	partsuse "example.com/mill/parts/use"
	stockuse "example.com/mill/stock/use"
)

func All() int {
	return branduse.N + chartuse.N + codesuse.N + alertuse.N + grainuse.N + hooksuse.N + labelsuse.N + partsuse.N + stockuse.N
}
