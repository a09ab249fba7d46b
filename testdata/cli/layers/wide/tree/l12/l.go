package l12

import _ "ex.com/m/l9"

import _ "ex.com/m/l10"

import _ "ex.com/m/l11"
