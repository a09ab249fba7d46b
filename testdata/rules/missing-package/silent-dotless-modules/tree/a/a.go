package a

import (
	_ "acme/tool"
	_ "corp/lib"
	_ "corp/lib/sub"
	_ "encoding/json/v2"
	_ "old"
	_ "shop/internal/x"
	_ "syscall/js"
	_ "unsafe"
	_ "uuid"
)
