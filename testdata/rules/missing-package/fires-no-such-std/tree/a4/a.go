package a

import _ "main"
