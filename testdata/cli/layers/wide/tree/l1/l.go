package l1

import _ "ex.com/m/l0"
