package c

import "example.com/mall"
