package a

import _ "."
