// Package payment schedules refunds, bills and the members' renewals.
//
// domain: payment
package payment

import (
	"context"

	"github.com/acme/shop/internal/cron/registry"
	"github.com/acme/shop/internal/service/coupon/issue"
	paysvc "github.com/acme/shop/internal/service/payment"
	"github.com/acme/shop/internal/service/user/member"
	"github.com/acme/shop/pkg/log"
)

func Register(p *paysvc.Service, m *member.Renewer, l *issue.Service) {
	registry.Add(registry.Job{Name: "payment.refund_retry", Spec: "30 * * * * *", Run: func(ctx context.Context) error {
		_, err := p.RetryRefunds(ctx, 100)
		return err
	}})
	registry.Add(registry.Job{Name: "member.renew", Spec: "0 0 9 * * *", Run: func(ctx context.Context) error {
		ok, failed, err := m.Run(ctx)
		log.Info(ctx, "renewed", log.Int("ok", ok), log.Int("failed", failed))
		return err
	}})
	registry.Add(registry.Job{Name: "coupon.vip", Spec: "0 0 10 1 * *", Run: func(ctx context.Context) error {
		ids, err := l.VIPs(ctx, 4)
		if err != nil {
			return err
		}
		_, err = l.ToEverybody(ctx, 1, ids)
		return err
	}})
}
