package a

import _ "ex/order"
