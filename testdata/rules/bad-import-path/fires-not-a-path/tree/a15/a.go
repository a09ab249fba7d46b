package a

import _ "std"
