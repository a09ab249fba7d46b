package a

import _ "corp/lib"
