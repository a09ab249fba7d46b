package user

import _ "example.com/m/order"
