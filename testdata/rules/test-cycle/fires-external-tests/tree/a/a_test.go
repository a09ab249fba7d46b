package a_test

import "example.com/mall/b"
