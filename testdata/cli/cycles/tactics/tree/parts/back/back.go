package back

import "example.com/mill/hub/wheel"

func Turn() int {
	return wheel.Turn1() + wheel.Turn2() + wheel.Turn3() + wheel.Turn4()
}
