package l3

import _ "ex.com/m/l0"

import _ "ex.com/m/l1"

import _ "ex.com/m/l2"
