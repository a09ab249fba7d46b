package a

import _ "fmtt"
