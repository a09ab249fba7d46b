package a

import _ ".."
