package mock

import _ "example.com/shop/internal/service/order"
