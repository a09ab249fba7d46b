package kit

import _ "example.com/mall/order/sub/kit/internal/x"
