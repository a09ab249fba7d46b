package order

import (
	"testing"

	"example.com/mall/internal/testkit"
)

func TestSubmit(t *testing.T) { testkit.Start() }
