package a

import (
	_ "ex.com/m/_x"
	_ "ex.com/m/a+b"
	_ "ex.com/m/b"
	_ "ex.com/m/console"
	_ "ex.com/m/v~x"
	_ "ex.com/m/vendored"
	_ "unsafe"
)
