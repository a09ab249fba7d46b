package l18

import _ "ex.com/m/l15"

import _ "ex.com/m/l16"

import _ "ex.com/m/l17"
