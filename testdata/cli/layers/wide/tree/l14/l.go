package l14

import _ "ex.com/m/l11"

import _ "ex.com/m/l12"

import _ "ex.com/m/l13"
