package cart

import (
	"context"

	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/rpc/client"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

// Freight shows the freight in the cart; it goes over gRPC although shipping is in the same process.
func Freight(ctx context.Context, c *client.Clients, a *usermodel.Address, lines []price.Line) (money.Amount, error) {
	var gram int64
	for _, l := range lines {
		gram += int64(l.Quantity) * 500
	}
	fee, err := c.Quote(ctx, a, gram)
	if err != nil {
		return 0, errs.Wrap(err, errs.Unavailable, "freight")
	}
	return fee, nil
}
