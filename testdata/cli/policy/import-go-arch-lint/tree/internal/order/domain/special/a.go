package special

import _ "example.com/shop/internal/order/domain/value"
