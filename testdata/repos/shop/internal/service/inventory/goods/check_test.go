package goods

import (
	"context"
	"testing"

	invmodel "github.com/acme/shop/internal/model/inventory"
)

func TestForbiddenWords(t *testing.T) {
	s := New(nil, nil, nil)
	if err := s.check(context.Background(), &invmodel.Spu{Title: "全网第一的茶杯"}); err == nil {
		t.Fatal("advertising law")
	}
	if err := s.check(context.Background(), &invmodel.Spu{Title: "茶杯", Weight: 300}); err != nil {
		t.Fatal(err)
	}
}
