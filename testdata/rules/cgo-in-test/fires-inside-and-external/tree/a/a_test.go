package a

import (
	"testing"

	// int one;
	"C"
)

func TestA(t *testing.T) {}
