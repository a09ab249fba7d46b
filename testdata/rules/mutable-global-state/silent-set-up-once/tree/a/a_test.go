package a

import "testing"

func TestX(t *testing.T) { table = nil }
