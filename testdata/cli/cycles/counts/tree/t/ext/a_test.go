package ext_test

import _ "x.y/z/a/y"
