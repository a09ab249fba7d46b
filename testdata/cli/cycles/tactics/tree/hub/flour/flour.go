// Package flour needs every neighbour.
package flour

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

	"example.com/mill/hub/chaff"
	"example.com/mill/hub/dust"
	"example.com/mill/hub/husk"
	"example.com/mill/hub/malt"
	"example.com/mill/hub/mash"
)

func All() int {
	return branduse.N + chartuse.N + codesuse.N + alertuse.N + grainuse.N + hooksuse.N + labelsuse.N + partsuse.N + stockuse.N + chaff.N + dust.N + husk.N + malt.N + mash.N
}
