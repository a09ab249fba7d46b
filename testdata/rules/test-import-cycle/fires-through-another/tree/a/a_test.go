package a

import (
	"testing"

	"example.com/m/b"
)

func TestA(t *testing.T) { b.B() }
