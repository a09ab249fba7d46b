package l13

import _ "ex.com/m/l10"

import _ "ex.com/m/l11"

import _ "ex.com/m/l12"
