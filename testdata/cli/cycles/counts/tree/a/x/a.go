package x

import _ "x.y/z/b/x"
