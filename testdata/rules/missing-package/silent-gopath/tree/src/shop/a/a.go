package a

import _ "elsewhere/b"
