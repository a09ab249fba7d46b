package a

import _ "/abs"
