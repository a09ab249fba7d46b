package l15

import _ "ex.com/m/l12"

import _ "ex.com/m/l13"

import _ "ex.com/m/l14"
