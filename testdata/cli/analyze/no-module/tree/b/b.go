package b

import _ "./a"
