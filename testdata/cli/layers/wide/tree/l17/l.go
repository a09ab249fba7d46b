package l17

import _ "ex.com/m/l14"

import _ "ex.com/m/l15"

import _ "ex.com/m/l16"
