package a

import _ "vendor/golang.org/x/net/idna"
