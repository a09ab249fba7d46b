package a

import _ "all"
