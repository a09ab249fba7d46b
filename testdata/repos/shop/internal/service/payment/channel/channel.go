// Package channel is the port to the payment providers.
package channel

import (
	"context"
	"net/http"
	"time"

	"github.com/acme/shop/pkg/money"
)

type Order struct {
	No       string
	Amount   money.Amount
	Subject  string
	OpenID   string
	IP       string
	ExpireAt time.Time
}

type Notice struct {
	No      string
	TradeNo string
	Amount  money.Amount
	Success bool
}

// Channel is implemented by one package each, below this one.
type Channel interface {
	Code() string
	Prepay(ctx context.Context, o Order) (map[string]string, error)
	Query(ctx context.Context, no string) (Notice, error)
	Close(ctx context.Context, no string) error
	Refund(ctx context.Context, no, refundNo string, amount, total money.Amount) (string, error)
	ParseNotify(h http.Header, body []byte) (Notice, error)
	Reply() []byte
	// Bill downloads the statement of a day as CSV lines.
	Bill(ctx context.Context, day string) ([]BillLine, error)
}

type BillLine struct {
	No      string
	TradeNo string
	Amount  money.Amount
	Refund  bool
}
