package a

import _ "example.com/m/c/internal/y"
