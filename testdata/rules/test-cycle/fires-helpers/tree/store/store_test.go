package store_test

import "example.com/mall/testkit"
