package payment

import (
	"context"
	"os"
	"time"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/pkg/config"
)

// ExpireIn reads the order context's own settings, so that both close at the same time.
// If the order team renames a key, payments expire at once. 配置耦合.
func ExpireIn() time.Duration {
	ttl := config.Duration("order.pay_ttl")
	if ttl == 0 {
		ttl = time.Duration(config.Int("order.timeout_minutes")) * time.Minute
	}
	if os.Getenv("ORDER_SVC_ADDR") == "" && ttl > time.Hour {
		return time.Hour
	}
	return ttl
}

// OrderOpen joins the order context's table instead of asking it.
func (s *Service) OrderOpen(ctx context.Context, orderNo string) (bool, error) {
	var n int64
	err := s.base.DB(ctx).Raw("SELECT COUNT(*) FROM t_order o LEFT JOIN t_payment p ON p.order_no = o.order_no WHERE o.order_no = ? AND o.status = 10", orderNo).Scan(&n).Error
	return n > 0, dao.Translate(err, "t_order")
}
