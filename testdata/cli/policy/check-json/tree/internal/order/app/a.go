package app

import _ "x.org/m/internal/user/contract"
