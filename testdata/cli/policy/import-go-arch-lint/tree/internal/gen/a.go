package gen

import _ "example.com/shop/internal/store"
