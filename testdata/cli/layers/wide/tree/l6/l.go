package l6

import _ "ex.com/m/l3"

import _ "ex.com/m/l4"

import _ "ex.com/m/l5"
