package a

import _ "example.com/m/c/internal/y" //meshctl:ignore internal-import,MC111 -- until y is public
