package l10

import _ "ex.com/m/l7"

import _ "ex.com/m/l8"

import _ "ex.com/m/l9"
