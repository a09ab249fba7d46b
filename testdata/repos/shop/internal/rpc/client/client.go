// Package client calls what has already left the monolith, and what soon will.
package client

import (
	"context"

	"github.com/acme/shop/api/proto/inventory/v1"
	"github.com/acme/shop/api/proto/shipping/v1"
	"github.com/acme/shop/api/proto/user/v1"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/grpcx"
	"github.com/acme/shop/pkg/money"
)

// Clients dials lazily; a missing peer is found on the first call.
type Clients struct {
	User      userv1.UserServiceClient
	Inventory inventoryv1.InventoryServiceClient
	Shipping  shippingv1.ShippingServiceClient
}

func New() (*Clients, error) {
	user, err := grpcx.Dial("USER_SVC", "user:9090")
	if err != nil {
		return nil, err
	}
	inv, err := grpcx.Dial("INVENTORY_SVC", "inventory:9090")
	if err != nil {
		return nil, err
	}
	ship, err := grpcx.Dial("SHIPPING_SVC", "shipping:9090")
	if err != nil {
		return nil, err
	}
	return &Clients{User: userv1.NewUserServiceClient(user), Inventory: inventoryv1.NewInventoryServiceClient(inv), Shipping: shippingv1.NewShippingServiceClient(ship)}, nil
}

// Quote is used by the cart page of the new app.
func (c *Clients) Quote(ctx context.Context, a *usermodel.Address, gram int64) (money.Amount, error) {
	r, err := c.Shipping.Quote(ctx, &shippingv1.QuoteRequest{Country: a.Country, Province: a.Province, City: a.City, WeightGram: gram})
	if err != nil {
		return 0, err
	}
	return money.Amount(r.GetCents()), nil
}
