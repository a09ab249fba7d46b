package a

import _ "./b"
