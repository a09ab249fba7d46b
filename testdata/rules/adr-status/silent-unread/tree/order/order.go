package order

import _ "example.com/m/user"
