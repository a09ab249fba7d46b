package a

import _ "ex.com/m/vendor/b"
