package a

import _ "example.com/m/pkg/b"
