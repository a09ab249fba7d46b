package a

import _ "rand"
