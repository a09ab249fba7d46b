package a

import _ "example.com/mall/app/z"
