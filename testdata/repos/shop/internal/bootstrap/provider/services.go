package provider

import (
	"context"

	erpcli "github.com/acme/shop/internal/client/erp"
	expresscli "github.com/acme/shop/internal/client/express"
	riskcli "github.com/acme/shop/internal/client/risk"
	smscli "github.com/acme/shop/internal/client/sms"
	wecomcli "github.com/acme/shop/internal/client/wecom"
	wmscli "github.com/acme/shop/internal/client/wms"
	coupondao "github.com/acme/shop/internal/dao/coupon"
	invdao "github.com/acme/shop/internal/dao/inventory"
	orderdao "github.com/acme/shop/internal/dao/order"
	paydao "github.com/acme/shop/internal/dao/payment"
	shipdao "github.com/acme/shop/internal/dao/shipping"
	userdao "github.com/acme/shop/internal/dao/user"
	"github.com/acme/shop/internal/job/queue"
	"github.com/acme/shop/internal/legacy/pos"
	legacywms "github.com/acme/shop/internal/legacy/wms"
	"github.com/acme/shop/internal/mq/producer"
	"github.com/acme/shop/internal/service/audit"
	couponsvc "github.com/acme/shop/internal/service/coupon"
	"github.com/acme/shop/internal/service/coupon/activity"
	"github.com/acme/shop/internal/service/coupon/issue"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/internal/service/inventory/alert"
	"github.com/acme/shop/internal/service/inventory/goods"
	"github.com/acme/shop/internal/service/inventory/reserve"
	"github.com/acme/shop/internal/service/inventory/stocktake"
	"github.com/acme/shop/internal/service/inventory/warehouse"
	"github.com/acme/shop/internal/service/notify"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/internal/service/order/aftersale"
	"github.com/acme/shop/internal/service/order/cart"
	"github.com/acme/shop/internal/service/order/invoice"
	paysvc "github.com/acme/shop/internal/service/payment"
	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/internal/service/payment/channel/alipay"
	"github.com/acme/shop/internal/service/payment/channel/legacy"
	"github.com/acme/shop/internal/service/payment/channel/stripe"
	"github.com/acme/shop/internal/service/payment/channel/wechat"
	"github.com/acme/shop/internal/service/payment/reconcile"
	"github.com/acme/shop/internal/service/payment/risk"
	"github.com/acme/shop/internal/service/payment/wallet"
	"github.com/acme/shop/internal/service/report"
	shipsvc "github.com/acme/shop/internal/service/shipping"
	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/internal/service/user/address"
	"github.com/acme/shop/internal/service/user/login"
	"github.com/acme/shop/internal/service/user/member"
	"github.com/acme/shop/internal/service/user/oauth"
	"github.com/acme/shop/internal/service/user/points"
	"github.com/acme/shop/internal/shipping/app/command"
	"github.com/acme/shop/internal/shipping/app/query"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/internal/shipping/infra/carrierapi"
	shipkafka "github.com/acme/shop/internal/shipping/infra/kafka"
	shipmysql "github.com/acme/shop/internal/shipping/infra/mysql"
	"github.com/acme/shop/pkg/config"
)

type Services struct {
	Audit     *audit.Recorder
	Notify    *notify.Service
	User      *usersvc.UserService
	Login     *login.Service
	OAuth     *oauth.Service
	Address   *address.Service
	Member    *member.Service
	Renewer   *member.Renewer
	Points    *points.Service
	Stock     *invsvc.StockService
	Reserve   *reserve.Service
	Warehouse *warehouse.Service
	Stocktake *stocktake.Service
	Goods     *goods.Service
	Searcher  *goods.Searcher
	Alert     *alert.Service
	Template  *couponsvc.TemplateService
	Issue     *issue.Service
	Activity  *activity.Service
	Pay       *paysvc.Service
	Bill      *reconcile.Service
	Wallet    *wallet.Service
	Ship      *shipsvc.Facade
	ShipCmd   *command.Handler
	ShipQry   *query.Handler
	Order     *ordersvc.Service
	AfterSale *aftersale.Service
	Invoice   *invoice.Service
	Cart      *cart.Service
	Report    *report.Service
	POS       *pos.Service
	WMSFiles  *legacywms.Poller
	SMS       *smscli.Client
}

// shipments joins the two halves of the shipping application to its contract.
type shipments struct {
	*command.Handler
	q *query.Handler
}

func (s shipments) Track(ctx context.Context, orderNo string) ([]contract.Step, error) {
	return s.q.Track(ctx, orderNo)
}

// NewServices is long because the graph is.
func NewServices(in *Infra) *Services {
	b, c := in.Base, in.Cache
	users, addresses := userdao.NewUserRepo(b), userdao.NewAddressRepo(b)
	members := userdao.NewMemberRepo(b)
	skus, spus := invdao.NewSkuRepo(b), invdao.NewSpuRepo(b)
	stocks, flows, houses := invdao.NewStockRepo(b), invdao.NewStockFlowRepo(b), invdao.NewWarehouseRepo(b)
	orders, items, carts := orderdao.NewOrderRepo(b), orderdao.NewItemRepo(b), orderdao.NewCartItemRepo(b)
	templates, mine := coupondao.NewTemplateRepo(b), coupondao.NewUserCouponRepo(b)
	wallets := paydao.NewWalletRepo(b)

	s := &Services{Audit: audit.New(b), SMS: smscli.New()}
	q := queue.New(in.Queue)
	mq := producer.New(in.Producer)
	s.Notify = notify.New(s.SMS, in.Mailer, wecomcli.New(), q, users)
	s.User = usersvc.New(users, userdao.NewLoginLogRepo(b), c, s.Audit)
	s.Login = login.New(s.User, users, c, s.Notify)
	s.OAuth = oauth.New(s.User, c, oauth.NewWeChat(config.String("wechat.app_id"), config.String("wechat.secret")))
	s.Address = address.New(addresses, c, s.Audit)
	s.Member = member.New(members, c, s.Audit)
	s.Renewer = member.NewRenewer(members, wallet.NewMover(wallets, paydao.NewWalletFlowRepo(b)))
	s.Points = points.New(userdao.NewPointsFlowRepo(b), c, s.Audit)
	s.Stock = invsvc.New(stocks, flows, mq, erpcli.New(), c)
	s.Reserve = reserve.New(invdao.NewReservationRepo(b), stocks, houses, s.Stock)
	s.Warehouse = warehouse.New(houses, c, s.Audit)
	s.Stocktake = stocktake.New(invdao.NewStocktakeRepo(b), c, s.Audit)
	s.Goods = goods.New(spus, c, s.Audit)
	s.Searcher = goods.NewSearcher(spus, skus, in.Search, s.Stock)
	s.Alert = alert.New(stocks, s.Stock, s.Notify)
	s.Template = couponsvc.NewTemplateService(templates, c, s.Audit)
	s.Issue = issue.New(templates, mine, users, c)
	s.Activity = activity.New(coupondao.NewActivityRepo(b), c, s.Audit)
	channels := channel.NewRegistry(alipay.New(), wechat.New(), stripe.New(), legacy.New())
	s.Pay = paysvc.New(b, paydao.NewPaymentRepo(b), paydao.NewRefundRepo(b), channels, risk.New(c, users), mq, q, in.Lock, s.Notify)
	s.Bill = reconcile.New(paydao.NewBillRepo(b), c, s.Audit)
	s.Wallet = wallet.New(wallets, c, s.Audit)
	repo, carriers := shipmysql.NewShipmentRepo(in.DB), shipmysql.NewCarrierRepo(in.DB)
	clock := carrierapi.Clock{}
	s.ShipCmd = command.New(repo, carriers, carrierapi.New(expresscli.New()), shipkafka.NewPublisher(in.Producer), clock)
	s.ShipQry = query.New(repo, carriers, shipmysql.NewTariffRepo(in.DB), clock)
	s.Ship = shipsvc.New(s.ShipQry, shipments{Handler: s.ShipCmd, q: s.ShipQry}, shipdao.NewWaybillRepo(b))
	s.Order = ordersvc.New(ordersvc.Deps{
		Base: b, Orders: orders, Items: items, Logs: orderdao.NewLogRepo(b), Carts: carts, Skus: skus, Spus: spus, Users: users, Addresses: addresses,
		Templates: templates, MyCoupons: mine, Coupons: s.Issue, Activity: s.Activity, Stock: s.Stock, Reserve: s.Reserve, Pay: s.Pay, Shipping: s.Ship,
		Freight: shipmysql.NewFreightRepo(in.DB), Risk: riskcli.New(), WMS: wmscli.New(), Producer: mq, Queue: q, Cache: c, Lock: in.Lock, Notify: s.Notify, Audit: s.Audit,
	})
	s.AfterSale = aftersale.New(orderdao.NewAfterSaleRepo(b), c, s.Audit)
	s.Invoice = invoice.New(orderdao.NewInvoiceRepo(b), c, s.Audit)
	s.Cart = cart.New(carts, c, s.Audit)
	s.Report = report.New(b, in.Storage)
	s.POS = pos.New(skus, s.Stock)
	s.WMSFiles = legacywms.NewPoller(config.String("legacy.wms_dir"), s.Stock)
	return s
}
