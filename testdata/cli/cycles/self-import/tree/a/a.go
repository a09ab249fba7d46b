package a

import _ "x.y/z/a"
