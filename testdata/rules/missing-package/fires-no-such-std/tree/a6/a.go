package a

import _ "uuid/v2"
