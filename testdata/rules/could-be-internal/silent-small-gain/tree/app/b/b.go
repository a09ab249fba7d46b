package b

import _ "example.com/mall/app/z"
