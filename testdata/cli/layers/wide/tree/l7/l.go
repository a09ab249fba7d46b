package l7

import _ "ex.com/m/l4"

import _ "ex.com/m/l5"

import _ "ex.com/m/l6"
