package tool

import _ "example.com/shop/internal/app"
