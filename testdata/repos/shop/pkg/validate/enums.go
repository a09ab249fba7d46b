package validate

import (
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/set"
)

var statuses = set.Of(
	enum.OrderPendingPay, enum.OrderPaid, enum.OrderPicking, enum.OrderShipped, enum.OrderReceived,
	enum.OrderFinished, enum.OrderRefunding, enum.OrderRefunded, enum.OrderClosed,
)

func knownStatus(n int64) bool { return statuses.Has(enum.OrderStatus(n)) }
