package d

import _ "example.com/mall/app/z"
