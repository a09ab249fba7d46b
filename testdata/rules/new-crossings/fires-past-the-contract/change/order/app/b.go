package app

import _ "example.com/m/user/app"
