package l4

import _ "ex.com/m/l1"

import _ "ex.com/m/l2"

import _ "ex.com/m/l3"
