package b_test

import "C"
