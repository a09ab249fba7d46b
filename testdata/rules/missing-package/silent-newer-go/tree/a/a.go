package a

import _ "brandnew"
