package order

import _ "example.com/shop/internal/winapi"
