package payment

import (
	"context"
	"errors"
	"time"

	paydao "github.com/acme/shop/internal/dao/payment"
	"github.com/acme/shop/internal/dto/page"
	"github.com/acme/shop/internal/model/event"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// Refund pays back through the channel of the payment; what fails is tried again by the cron.
func (s *Service) Refund(ctx context.Context, orderNo string, amount money.Amount, reason string) (string, error) {
	rows, err := s.pays.ListByOrderNo(ctx, orderNo)
	if err != nil {
		return "", err
	}
	var p *paymodel.Payment
	for _, r := range rows {
		if r.Status == paymodel.PaymentSuccess || r.Status == paymodel.PaymentPartRefunded {
			p = r
			break
		}
	}
	if p == nil {
		return "", errs.Newf(errs.NotFound, "no payment of %s", orderNo)
	}
	done, err := s.refunds.ListByPaymentNo(ctx, p.PaymentNo)
	if err != nil {
		return "", err
	}
	left := p.Amount
	for _, r := range done {
		if r.Status != paymodel.RefundFailed && r.Status != paymodel.RefundClosed {
			left -= r.Amount
		}
	}
	if amount > left {
		return "", errs.Newf(errs.InvalidArgument, "refund %s of %s", amount, left)
	}
	r := &paymodel.Refund{RefundNo: idgen.No("RF", p.UserID), PaymentNo: p.PaymentNo, OrderNo: orderNo, Amount: amount, Reason: reason, Status: paymodel.RefundPending}
	if err := s.refunds.Create(ctx, r); err != nil {
		return "", err
	}
	if err := s.push(ctx, p, r); err != nil {
		log.Warn(ctx, "refund will be retried", log.String("refund", r.RefundNo), log.Err(err))
	}
	return r.RefundNo, nil
}

func (s *Service) push(ctx context.Context, p *paymodel.Payment, r *paymodel.Refund) error {
	ch, err := s.channels.Get(p.ChannelCode)
	if err != nil {
		return err
	}
	no, err := ch.Refund(ctx, p.PaymentNo, r.RefundNo, r.Amount, p.Amount)
	if err != nil {
		next := timex.Now().Add(time.Duration(1<<min(r.RetryCount, 6)) * time.Minute)
		return errors.Join(err, s.refunds.Updates(ctx, r.ID, map[string]any{"retry_count": r.RetryCount + 1, "next_retry_at": next}))
	}
	if _, err := s.refunds.CasStatus(ctx, r.ID, r.Status, paymodel.RefundProcessing, map[string]any{"channel_refund_no": no}); err != nil {
		return err
	}
	return s.producer.RefundFinished(ctx, event.RefundFinished{RefundNo: r.RefundNo, OrderNo: r.OrderNo, Amount: r.Amount.Int64(), OK: true, At: timex.Now()})
}

// RetryRefunds is the cron's entry.
func (s *Service) RetryRefunds(ctx context.Context, limit int) (int, error) {
	rows, _, err := s.refunds.List(ctx, paydao.RefundFilter{Status: []paymodel.RefundStatus{paymodel.RefundPending}, Query: page.Query{Size: limit}})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range rows {
		if r.NextRetryAt != nil && r.NextRetryAt.After(timex.Now()) {
			continue
		}
		p, err := s.pays.GetByPaymentNo(ctx, r.PaymentNo)
		if err != nil {
			return n, err
		}
		if r.RetryCount >= 10 {
			s.notify.Staff(ctx, "finance", "refund stuck: "+r.RefundNo)
			continue
		}
		if err := s.push(ctx, p, r); err == nil {
			n++
		}
	}
	return n, nil
}

// Close tells the channel that nobody will pay any more.
func (s *Service) Close(ctx context.Context, orderNo string) error {
	rows, err := s.pays.ListByOrderNo(ctx, orderNo)
	if err != nil {
		return err
	}
	for _, p := range rows {
		if p.Status != paymodel.PaymentPaying && p.Status != paymodel.PaymentCreated {
			continue
		}
		ch, err := s.channels.Get(p.ChannelCode)
		if err != nil {
			return err
		}
		if err := ch.Close(ctx, p.PaymentNo); err != nil {
			return err
		}
		if _, err := s.pays.CasStatus(ctx, p.ID, p.Status, paymodel.PaymentClosed, nil); err != nil {
			return err
		}
	}
	return nil
}
