package order

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	orderdto "github.com/acme/shop/internal/dto/order"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	invmodel "github.com/acme/shop/internal/model/inventory"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/coupon/activity"
	"github.com/acme/shop/internal/service/coupon/calc"
	"github.com/acme/shop/internal/service/inventory/reserve"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/internal/service/price/tax"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/feature"
	"github.com/acme/shop/pkg/geo"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/lock"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/metrics"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/set"
	"github.com/acme/shop/pkg/timex"
)

// Submit turns a cart into an order. It has grown since 2018: app, mini program, web, group buying, flash sale,
// pre-sale, overseas, B2B and the gift cards all pass through here. Everybody is afraid of it.
func (s *Service) Submit(ctx context.Context, userID int64, req *orderdto.SubmitReq) (*orderdto.SubmitResp, error) {
	if req == nil || len(req.Lines) == 0 {
		return nil, errs.New(errs.InvalidArgument, "empty order")
	}
	k, err := s.Lock.Acquire(ctx, submitKey(userID), 5*time.Second)
	if err != nil {
		if errors.Is(err, lock.ErrHeld) {
			return nil, errs.New(errs.TooManyRequests, "another submit is running")
		}
		return nil, errs.Wrap(err, errs.Unavailable, "submit lock")
	}
	defer k.Release(ctx)
	user, ok := s.Cache.GetUser(ctx, userID)
	if !ok {
		if user, err = s.Users.Get(ctx, userID); err != nil {
			return nil, err
		}
	}
	if !user.Active() {
		return nil, errs.Newf(errs.Forbidden, "user %d is locked", userID)
	}
	addr, err := s.Addresses.Get(ctx, req.AddressID)
	if err != nil || !addr.OwnedBy(userID) {
		if !req.Virtual {
			return nil, errs.New(errs.InvalidArgument, "address")
		}
		addr = &usermodel.Address{}
	}
	abroad := geo.Overseas(addr.Country, addr.Province)
	var (
		lines    []price.Line
		items    []*ordermodel.Item
		weight   int32
		shops    = set.Of[int64]()
		presale  bool
		messages []string
	)
	for i, l := range req.Lines {
		if i >= s.maxLines {
			return nil, errs.Newf(errs.InvalidArgument, "more than %d lines", s.maxLines)
		}
		sku, err := s.Skus.Get(ctx, l.SkuID)
		if err != nil {
			if errs.Is(err, errs.NotFound) {
				if req.SkipMissing {
					messages = append(messages, "sku gone: "+strconv.FormatInt(l.SkuID, 10))
					continue
				}
				return nil, errs.Newf(errs.NotFound, "sku %d", l.SkuID)
			}
			return nil, err
		}
		spu, err := s.Spus.Get(ctx, sku.SpuID)
		if err != nil {
			return nil, err
		}
		if !sku.Enabled || spu.Status != invmodel.SpuOnSale {
			if req.SkipMissing {
				messages = append(messages, "not on sale: "+spu.Title)
				continue
			} else if req.Kind == KindB2B && user.Level >= 4 {
				messages = append(messages, "off sale, but allowed for contract customers: "+spu.Title)
			} else {
				return nil, errs.Newf(errs.StateConflict, "%s is not on sale", spu.Title)
			}
		}
		unit, note, err := s.unitPrice(ctx, user, req, l, sku, spu, items)
		if err != nil {
			return nil, err
		}
		if note != "" {
			messages = append(messages, note)
		}
		presale = presale || req.Kind == KindPresale
		if abroad && s.forbiddenAbroad(spu) {
			return nil, errs.Newf(errs.AddressUnreachable, "%s cannot leave the country", spu.Title)
		}
		if badQuantity(l.Quantity, req.Kind) {
			return nil, errs.Newf(errs.InvalidArgument, "quantity %d", l.Quantity)
		}
		lines = append(lines, price.Line{SkuID: sku.ID, ShopID: spu.ShopID, Unit: unit, Quantity: l.Quantity})
		items = append(items, &ordermodel.Item{SkuID: sku.ID, SpuID: spu.ID, Title: spu.Title, Spec: sku.Spec, UnitPrice: unit, Quantity: l.Quantity})
		weight += sku.Weight * l.Quantity
		shops.Add(spu.ShopID)
	}
	if len(items) == 0 {
		return nil, errs.New(errs.InvalidArgument, "nothing left to order")
	}
	if len(shops) > 1 && (req.Kind == KindGroup || req.Kind == KindFlash) {
		return nil, errs.New(errs.InvalidArgument, "one shop per group or flash order")
	}
	orderNo := idgen.OrderNo(userID)
	var couponOff, activityOff money.Amount
	if req.CouponID != 0 {
		off, note, err := s.couponOff(ctx, userID, req, lines)
		if err != nil {
			return nil, err
		}
		couponOff = off
		if note != "" {
			messages = append(messages, note)
		}
	}
	if req.Kind == KindNormal || req.Kind == KindB2B {
		for _, a := range s.runningActivities(ctx, shops) {
			off := activity.Off(a, lines)
			if off > activityOff {
				if a.Budget > 0 && a.Spent+off > a.Budget {
					continue
				}
				activityOff = off
			}
		}
	}
	var freight money.Amount
	if !req.Virtual && !req.SelfPickup {
		fee, guessed, err := s.anyFreight(ctx, addr, lines, weight, abroad)
		if err != nil {
			return nil, err
		}
		if guessed {
			messages = append(messages, "freight estimated")
		}
		freight = fee
	}
	q := price.Build(lines, user.Level, couponOff, activityOff, freight, addr.Country)
	if abroad && !req.AcceptDuty && tax.DeMinimis(addr.Country) > 0 && q.Total > tax.DeMinimis(addr.Country) {
		return nil, errs.New(errs.PriceChanged, "duty has to be accepted")
	}
	if req.Expect != 0 && req.Expect != q.Payable && !req.AcceptPrice {
		return nil, errs.Newf(errs.PriceChanged, "payable %s, expected %s", q.Payable, req.Expect)
	}
	o := &ordermodel.Order{
		ID: idgen.Next(), OrderNo: orderNo, UserID: userID, ShopID: lines[0].ShopID, Channel: req.Channel,
		TotalAmount: q.Total, DiscountAmount: q.Member + q.Coupon + q.Activity, FreightAmount: q.Freight, PayAmount: q.Payable,
		CouponID: req.CouponID, AddressID: addr.ID, ReceiverName: addr.Receiver, ReceiverPhone: addr.Phone,
		ReceiverAddr: addr.Full(), Remark: req.Remark, Status: enum.OrderPendingPay,
	}
	if score, err := s.Risk.Order(ctx, o, user, req.ClientIP); err == nil {
		if score.Reject {
			if trusted(user.Level, score.Value, o.PayAmount) {
				s.Notify.Staff(ctx, "risk", "VIP passed: "+o.OrderNo)
			} else {
				metrics.OrderSubmitted.WithLabelValues(req.Channel, "risk").Inc()
				return nil, errs.New(errs.RiskRejected, strings.Join(score.Rules, ","))
			}
		}
	} else {
		log.Warn(ctx, "risk", log.Err(err))
	}
	spread := price.Spread(o.DiscountAmount, lines)
	for i, it := range items {
		it.OrderID = o.ID
		it.Discount = spread[i]
		it.PayAmount = (lines[i].Total() - spread[i]).Floor0()
	}
	if !presale && !req.Virtual {
		late, err := s.holdStock(ctx, o, addr, req.Kind, items)
		if err != nil {
			return nil, err
		}
		if late {
			messages = append(messages, "will be produced on demand")
		}
	}
	err = s.Base.Tx(ctx, func(ctx context.Context) error {
		if err := s.Orders.Create(ctx, o); err != nil {
			return err
		}
		for _, it := range items {
			if err := s.Items.Create(ctx, it); err != nil {
				return err
			}
		}
		if o.CouponID != 0 {
			if err := s.Coupons.Lock(ctx, userID, o.CouponID, orderNo); err != nil {
				return err
			}
		}
		if req.FromCart {
			if err := s.dropFromCart(ctx, userID, items); err != nil {
				return err
			}
		}
		return s.logf(ctx, o, userID, "submit", "kind=%d lines=%d", req.Kind, len(items))
	})
	if err != nil {
		if rerr := s.Reserve.Release(ctx, orderNo); rerr != nil {
			log.Error(ctx, "release after failed submit", log.String("order", orderNo), log.Err(rerr))
		}
		metrics.OrderSubmitted.WithLabelValues(req.Channel, "error").Inc()
		return nil, err
	}
	s.afterSubmit(ctx, o)
	metrics.OrderSubmitted.WithLabelValues(req.Channel, "ok").Inc()
	return &orderdto.SubmitResp{OrderID: o.ID, OrderNo: o.OrderNo, Payable: o.PayAmount, ExpireIn: int(s.payTTL.Seconds()), Messages: messages}, nil
}

// unitPrice was cut out of Submit in 2022; it still needs most of what Submit has.
func (s *Service) unitPrice(ctx context.Context, user *usermodel.User, req *orderdto.SubmitReq, l orderdto.SubmitLine, sku *invmodel.Sku, spu *invmodel.Spu, taken []*ordermodel.Item) (money.Amount, string, error) {
	unit, note := sku.Price, ""
	switch req.Kind {
	case KindGroup:
		p, err := s.groupPrice(ctx, sku, req.GroupID)
		if err != nil {
			return 0, "", err
		}
		unit = p
	case KindFlash:
		left, err := s.flashTake(ctx, sku.ID, user.ID, l.Quantity)
		if err != nil {
			return 0, "", err
		}
		if left < 0 {
			for _, done := range taken {
				if err := s.flashGiveBack(ctx, done.SkuID, user.ID, done.Quantity); err != nil {
					log.Error(ctx, "flash give back", log.Int64("sku", done.SkuID), log.Err(err))
				}
			}
			return 0, "", errs.Newf(errs.InsufficientStock, "flash sale of %s is over", spu.Title)
		}
		unit = s.flashPrice(ctx, sku)
	case KindPresale:
		if l.Quantity > 1 && !feature.Enabled("feature.presale.multi", user.ID) {
			return 0, "", errs.New(errs.InvalidArgument, "one piece in a pre-sale")
		}
	case KindB2B:
		if p, ok := s.contractPrice(ctx, user.ID, sku.ID); ok {
			unit = p
		} else if l.Quantity < 10 {
			return 0, "", errs.Newf(errs.InvalidArgument, "%s: at least 10 pieces without a contract", spu.Title)
		}
	default:
		if l.Price != 0 && l.Price != unit {
			if !req.AcceptPrice {
				return 0, "", errs.Newf(errs.PriceChanged, "%s: %s -> %s", spu.Title, l.Price, unit)
			}
			note = "price changed: " + spu.Title
		}
	}
	return unit, note, nil
}

// couponOff changes req when the coupon is skipped, and Submit relies on it.
func (s *Service) couponOff(ctx context.Context, userID int64, req *orderdto.SubmitReq, lines []price.Line) (money.Amount, string, error) {
	if req.Kind == KindFlash || req.Kind == KindGroup {
		return 0, "coupons do not apply here", nil
	}
	mine, err := s.MyCoupons.Get(ctx, req.CouponID)
	if err != nil {
		return 0, "", err
	}
	if mine.UserID != userID || mine.Status != couponmodel.UserCouponUnused || mine.ExpiredAt(timex.Now()) {
		return 0, "", errs.New(errs.CouponNotApplicable, mine.CouponNo)
	}
	t, err := s.Templates.Get(ctx, mine.TemplateID)
	if err != nil {
		return 0, "", err
	}
	off, err := calc.Discount(t, lines)
	if err != nil {
		if errs.Is(err, errs.CouponNotApplicable) && req.SkipMissing {
			req.CouponID = 0
			return 0, "coupon skipped", nil
		}
		return 0, "", err
	}
	return off, "", nil
}

// holdStock writes the warehouses into the items; late means that a B2B order waits for production.
func (s *Service) holdStock(ctx context.Context, o *ordermodel.Order, addr *usermodel.Address, kind int, items []*ordermodel.Item) (late bool, err error) {
	rs, err := s.Reserve.Hold(ctx, o.OrderNo, geo.Point{Lat: addr.Lat, Lng: addr.Lng}, reserve.FromItems(items), s.payTTL)
	if err != nil {
		if errs.Is(err, errs.InsufficientStock) && kind == KindB2B {
			return true, nil
		}
		return false, err
	}
	for _, r := range rs {
		for _, it := range items {
			if it.SkuID == r.SkuID && it.WarehouseID == 0 {
				it.WarehouseID = r.WarehouseID
			}
		}
	}
	return false, nil
}
