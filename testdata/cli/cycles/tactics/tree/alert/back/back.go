package back

import "example.com/mill/hub/bell"

func Shout() {
	bell.Ring("full")
	defer bell.Ring("empty")
	go bell.Ring("idle")
}
