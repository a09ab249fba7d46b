package domain

import _ "example.com/shop/app"
