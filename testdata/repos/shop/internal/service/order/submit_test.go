package order_test

import (
	"context"
	"testing"

	orderdto "github.com/acme/shop/internal/dto/order"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/errs"
)

func TestSubmitRefusesEmptyOrders(t *testing.T) {
	s := ordersvc.New(ordersvc.Deps{})
	_, err := s.Submit(context.Background(), 1, &orderdto.SubmitReq{})
	if !errs.Is(err, errs.InvalidArgument) {
		t.Fatal(err)
	}
}
