package x

import _ "x.y/z/a/y"
