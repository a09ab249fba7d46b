package z

import _ "example.com/m/a/w"
