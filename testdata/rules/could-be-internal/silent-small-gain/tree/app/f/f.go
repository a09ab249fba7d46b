package f

import _ "example.com/mall/app/z"
