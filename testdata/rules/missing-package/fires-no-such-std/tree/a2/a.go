package a

import _ "order"
