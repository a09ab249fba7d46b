package a

import _ "cmd/go"
