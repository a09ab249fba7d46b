package a

import _ "builtin"
