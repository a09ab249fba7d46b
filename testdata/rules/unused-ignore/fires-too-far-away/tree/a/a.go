package a

//meshctl:ignore internal-import -- an empty line parts it from the import

import _ "example.com/m/c/internal/y"
