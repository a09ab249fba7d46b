package l2

import _ "ex.com/m/l0"

import _ "ex.com/m/l1"
