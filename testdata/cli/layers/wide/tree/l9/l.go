package l9

import _ "ex.com/m/l6"

import _ "ex.com/m/l7"

import _ "ex.com/m/l8"
