package payment

import (
	"context"
	"fmt"
	"net/http"

	"github.com/acme/shop/internal/model/event"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/metrics"
	"github.com/acme/shop/pkg/timex"
)

// Notify handles a channel's callback. The channel repeats it until we answer with its OK.
func (s *Service) Notify(ctx context.Context, code string, h http.Header, body []byte) (reply []byte, err error) {
	ch, err := s.channels.Get(code)
	if err != nil {
		return nil, err
	}
	n, err := ch.ParseNotify(h, body)
	if err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "notify of "+code)
	}
	p, err := s.pays.GetByPaymentNo(ctx, n.No)
	if err != nil {
		return nil, err
	}
	if p.Amount != n.Amount {
		s.notify.Staff(ctx, "finance", fmt.Sprintf("%s: %s != %s", p.PaymentNo, n.Amount, p.Amount))
		return nil, errs.New(errs.Conflict, "amount")
	}
	if !n.Success {
		_, err := s.pays.CasStatus(ctx, p.ID, p.Status, paymodel.PaymentFailed, map[string]any{"notify_raw": string(body)})
		metrics.PaymentResult.WithLabelValues(code, "failed").Inc()
		return ch.Reply(), err
	}
	return ch.Reply(), s.succeed(ctx, p, n.TradeNo, string(body))
}

func (s *Service) succeed(ctx context.Context, p *paymodel.Payment, tradeNo, raw string) error {
	if p.Status == paymodel.PaymentSuccess {
		return nil
	}
	now := timex.Now()
	ok, err := s.pays.CasStatus(ctx, p.ID, p.Status, paymodel.PaymentSuccess, map[string]any{"paid_at": now, "channel_trade_no": tradeNo, "notify_raw": raw})
	if err != nil || !ok {
		return err
	}
	metrics.PaymentResult.WithLabelValues(p.ChannelCode, "success").Inc()
	return s.producer.PaymentSucceeded(ctx, event.PaymentSucceeded{PaymentNo: p.PaymentNo, OrderNo: p.OrderNo, Channel: p.ChannelCode, Amount: p.Amount.Int64(), TradeNo: tradeNo, At: now})
}

// QueryPaid asks the channel, because callbacks get lost.
func (s *Service) QueryPaid(ctx context.Context, orderNo string) (bool, error) {
	rows, err := s.pays.ListByOrderNo(ctx, orderNo)
	if err != nil {
		return false, err
	}
	for _, p := range rows {
		if p.Status == paymodel.PaymentSuccess {
			return true, nil
		}
		if p.Status != paymodel.PaymentPaying {
			continue
		}
		ch, err := s.channels.Get(p.ChannelCode)
		if err != nil {
			return false, err
		}
		n, err := ch.Query(ctx, p.PaymentNo)
		if err != nil {
			return false, err
		}
		if n.Success {
			return true, s.succeed(ctx, p, n.TradeNo, "query")
		}
	}
	return false, nil
}
