package a

import "example.com/m/gone"
