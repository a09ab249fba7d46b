package back

import "example.com/mill/hub/label"

func Sum() int {
	return label.F1() + label.F2() + label.F3() + label.F4() + label.F5() + label.F6()
}
