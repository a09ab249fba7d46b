package l8

import _ "ex.com/m/l5"

import _ "ex.com/m/l6"

import _ "ex.com/m/l7"
