package l19

import _ "ex.com/m/l16"

import _ "ex.com/m/l17"

import _ "ex.com/m/l18"
