package x_test
