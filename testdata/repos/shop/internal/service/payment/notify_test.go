package payment

import (
	"context"
	"net/http"
	"testing"

	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/errs"
)

func TestNotifyUnknownChannel(t *testing.T) {
	s := New(nil, nil, nil, channel.NewRegistry(), nil, nil, nil, nil, nil)
	if _, err := s.Notify(context.Background(), "bitcoin", http.Header{}, nil); !errs.Is(err, errs.InvalidArgument) {
		t.Fatal(err)
	}
}
