package a

import "example.com/x/b"
