package c

import _ "example.com/mall/app/z"
