package p

import "x
