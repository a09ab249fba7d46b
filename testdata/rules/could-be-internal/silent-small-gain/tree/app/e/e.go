package e

import _ "example.com/mall/app/z"
