package a

import "example.com/two/b"
