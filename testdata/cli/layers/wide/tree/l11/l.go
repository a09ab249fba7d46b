package l11

import _ "ex.com/m/l8"

import _ "ex.com/m/l9"

import _ "ex.com/m/l10"
