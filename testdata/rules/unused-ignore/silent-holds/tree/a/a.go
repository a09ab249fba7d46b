package a

import _ "example.com/m/c/internal/y" //meshctl:ignore internal-import -- until y is public
