package a_test

import _ "ex.com/m/a"
