package worker

import _ "example.com/shop/internal/service/order"
