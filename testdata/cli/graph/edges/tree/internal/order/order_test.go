package order

import (
	"testing"

	"example.com/shop/internal/model"
	"example.com/shop/internal/winapi"
)

func TestTotal(t *testing.T) { t.Log(model.Sum(nil), winapi.Name) }
