package main_test

import "example.com/mall/cmd/app"
