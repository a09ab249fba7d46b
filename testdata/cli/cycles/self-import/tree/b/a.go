package b

import _ "x.y/z/a"
