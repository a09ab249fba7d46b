// Package order is where everything ends up. 41 个文件，拆了三次都没拆完.
//
// domain: order
package order

import (
	"time"

	riskcli "github.com/acme/shop/internal/client/risk"
	wmscli "github.com/acme/shop/internal/client/wms"
	"github.com/acme/shop/internal/dao"
	coupondao "github.com/acme/shop/internal/dao/coupon"
	invdao "github.com/acme/shop/internal/dao/inventory"
	orderdao "github.com/acme/shop/internal/dao/order"
	userdao "github.com/acme/shop/internal/dao/user"
	"github.com/acme/shop/internal/job/queue"
	"github.com/acme/shop/internal/mq/producer"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/internal/service/coupon/activity"
	"github.com/acme/shop/internal/service/coupon/issue"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/internal/service/inventory/reserve"
	"github.com/acme/shop/internal/service/notify"
	paysvc "github.com/acme/shop/internal/service/payment"
	shipsvc "github.com/acme/shop/internal/service/shipping"
	shipmysql "github.com/acme/shop/internal/shipping/infra/mysql"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/lock"
)

// Deps is what the service needs; bootstrap fills it.
type Deps struct {
	Base      *dao.Base
	Orders    *orderdao.OrderRepo
	Items     *orderdao.ItemRepo
	Logs      *orderdao.LogRepo
	Carts     *orderdao.CartItemRepo
	Skus      *invdao.SkuRepo
	Spus      *invdao.SpuRepo
	Users     *userdao.UserRepo
	Addresses *userdao.AddressRepo
	Templates *coupondao.TemplateRepo
	MyCoupons *coupondao.UserCouponRepo
	Coupons   *issue.Service
	Activity  *activity.Service
	Stock     *invsvc.StockService
	Reserve   *reserve.Service
	Pay       *paysvc.Service
	Shipping  *shipsvc.Facade
	Freight   *shipmysql.FreightRepo
	Risk      *riskcli.Client
	WMS       *wmscli.Client
	Producer  *producer.Producer
	Queue     *queue.Queue
	Cache     *cache.Client
	Lock      *lock.Locker
	Notify    *notify.Service
	Audit     *audit.Recorder
}

// Service is stateless; every method is safe for concurrent use.
type Service struct {
	Deps
	payTTL   time.Duration
	maxLines int
}

func New(d Deps) *Service {
	return &Service{Deps: d, payTTL: config.DurationOr("order.pay_ttl", 30*time.Minute), maxLines: 50}
}

// maxDaily is changed by the back office during sales. 大促期间运营会临时改.
var maxDaily = 200

func SetMaxDaily(n int) { maxDaily = n }
