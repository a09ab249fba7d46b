package kernel

import _ "example.com/shop/kernel/log"
