// Package payment pays and refunds through the channels.
//
// domain: payment
package payment

import (
	"context"
	"time"

	"github.com/acme/shop/internal/dao"
	paydao "github.com/acme/shop/internal/dao/payment"
	"github.com/acme/shop/internal/job/queue"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/mq/producer"
	"github.com/acme/shop/internal/service/notify"
	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/internal/service/payment/risk"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/lock"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

type Service struct {
	base     *dao.Base
	pays     *paydao.PaymentRepo
	refunds  *paydao.RefundRepo
	channels *channel.Registry
	risk     *risk.Checker
	producer *producer.Producer
	queue    *queue.Queue
	lock     *lock.Locker
	notify   *notify.Service
}

func New(b *dao.Base, p *paydao.PaymentRepo, r *paydao.RefundRepo, c *channel.Registry, rk *risk.Checker, mq *producer.Producer, q *queue.Queue, l *lock.Locker, n *notify.Service) *Service {
	return &Service{base: b, pays: p, refunds: r, channels: c, risk: rk, producer: mq, queue: q, lock: l, notify: n}
}

type PrepayReq struct {
	OrderNo  string
	UserID   int64
	Amount   money.Amount
	Channel  string
	OpenID   string
	ClientIP string
	Subject  string
	Expire   time.Duration
}

type PrepayResp struct {
	PaymentNo string            `json:"payment_no"`
	Params    map[string]string `json:"params"`
}

// Prepay is idempotent per order and channel while the payment is open.
func (s *Service) Prepay(ctx context.Context, req PrepayReq) (*PrepayResp, error) {
	ch, err := s.channels.Get(req.Channel)
	if err != nil {
		return nil, err
	}
	if err := s.risk.Allow(ctx, req.UserID, req.Amount); err != nil {
		return nil, err
	}
	k, err := s.lock.Acquire(ctx, "pay:"+req.OrderNo, 10*time.Second)
	if err != nil {
		return nil, errs.Wrap(err, errs.TooManyRequests, "payment in progress")
	}
	defer k.Release(ctx)
	olds, err := s.pays.ListByOrderNo(ctx, req.OrderNo)
	if err != nil {
		return nil, err
	}
	for _, p := range olds {
		switch {
		case p.Status == paymodel.PaymentSuccess:
			return nil, errs.Newf(errs.StateConflict, "%s is paid", req.OrderNo)
		case p.Status == paymodel.PaymentPaying && p.ChannelCode == req.Channel && !p.ExpiredAt(timex.Now()):
			params, err := ch.Prepay(ctx, channel.Order{No: p.PaymentNo, Amount: p.Amount, Subject: req.Subject, OpenID: req.OpenID, IP: req.ClientIP, ExpireAt: p.ExpireAt})
			return &PrepayResp{PaymentNo: p.PaymentNo, Params: params}, err
		}
	}
	p := &paymodel.Payment{
		PaymentNo: idgen.No("PY", req.UserID), OrderNo: req.OrderNo, UserID: req.UserID, ChannelCode: req.Channel, Amount: req.Amount, Currency: "CNY",
		PayerID: req.OpenID, ClientIP: req.ClientIP, ExpireAt: timex.Now().Add(req.Expire), Status: paymodel.PaymentCreated,
	}
	if err := s.pays.Create(ctx, p); err != nil {
		return nil, err
	}
	params, err := ch.Prepay(ctx, channel.Order{No: p.PaymentNo, Amount: p.Amount, Subject: req.Subject, OpenID: req.OpenID, IP: req.ClientIP, ExpireAt: p.ExpireAt})
	if err != nil {
		_, cerr := s.pays.CasStatus(ctx, p.ID, p.Status, paymodel.PaymentClosed, nil)
		if cerr != nil {
			log.Error(ctx, "close failed payment", log.String("payment", p.PaymentNo), log.Err(cerr))
		}
		return nil, errs.Wrap(err, errs.PaymentDeclined, req.Channel)
	}
	if _, err := s.pays.CasStatus(ctx, p.ID, p.Status, paymodel.PaymentPaying, nil); err != nil {
		return nil, err
	}
	return &PrepayResp{PaymentNo: p.PaymentNo, Params: params}, nil
}
