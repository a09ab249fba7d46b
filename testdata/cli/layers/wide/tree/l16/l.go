package l16

import _ "ex.com/m/l13"

import _ "ex.com/m/l14"

import _ "ex.com/m/l15"
