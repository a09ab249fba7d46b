package l5

import _ "ex.com/m/l2"

import _ "ex.com/m/l3"

import _ "ex.com/m/l4"
