package a

import _ "nosuch/pkg"
