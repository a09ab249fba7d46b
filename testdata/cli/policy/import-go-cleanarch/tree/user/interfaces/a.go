package interfaces

import _ "example.com/shop/user/app"
