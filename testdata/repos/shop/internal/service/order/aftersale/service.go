package aftersale

import (
	"context"
	"strconv"
	"time"

	orderdao "github.com/acme/shop/internal/dao/order"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 5 * time.Minute
const keyPrefix = "order:after_sale:"

// Service keeps the rules of t_after_sale (售后单).
type Service struct {
	repo  *orderdao.AfterSaleRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *orderdao.AfterSaleRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建售后单.
func (s *Service) Create(ctx context.Context, operator int64, req *orderdto.CreateAfterSaleReq) (*orderdto.AfterSaleResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "after_sale")
	}
	row := &ordermodel.AfterSale{
		OrderID:     req.OrderID,
		ItemID:      req.ItemID,
		Kind:        req.Kind,
		Reason:      req.Reason,
		Description: req.Description,
		Quantity:    req.Quantity,
		UserID:      operator,
		AfterSaleNo: idgen.No("AF", operator),
		Status:      enum.AfterSaleApplied,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "after_sale.create", operator, row.ID, nil)
	return orderdto.FromAfterSale(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*ordermodel.AfterSale, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row ordermodel.AfterSale
	hit, err := s.cache.GetJSON(ctx, key, &row)
	if err != nil {
		log.Warn(ctx, "cache read", log.String("key", key), log.Err(err))
	}
	if !hit {
		fresh, err := s.repo.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		row = *fresh
		if err := s.cache.SetJSON(ctx, key, row, cacheTTL); err != nil {
			log.Warn(ctx, "cache write", log.String("key", key), log.Err(err))
		}
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return nil, errs.Newf(errs.Forbidden, "after_sale %d belongs to another user", id)
	}
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *orderdto.UpdateAfterSaleReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return errs.Newf(errs.Forbidden, "after_sale %d belongs to another user", id)
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "after_sale %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.Reason != nil && *req.Reason != row.Reason {
		cols["reason"] = *req.Reason
		row.Reason = *req.Reason
	}
	if req.Description != nil && *req.Description != row.Description {
		cols["description"] = *req.Description
		row.Description = *req.Description
	}
	if req.Quantity != nil && *req.Quantity != row.Quantity {
		cols["quantity"] = *req.Quantity
		row.Quantity = *req.Quantity
	}
	if req.ReturnWaybill != nil && *req.ReturnWaybill != row.ReturnWaybill {
		cols["return_waybill"] = *req.ReturnWaybill
		row.ReturnWaybill = *req.ReturnWaybill
	}
	if len(cols) == 0 {
		return nil
	}
	if err := s.check(ctx, row); err != nil {
		return err
	}
	if err := s.repo.Updates(ctx, id, cols); err != nil {
		return err
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "after_sale.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *orderdto.ListAfterSaleReq) ([]*orderdto.AfterSaleResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := orderdao.AfterSaleFilter{From: from, To: to, Query: req.Query}
	f.AfterSaleNo = req.AfterSaleNo
	f.OrderID = req.OrderID
	f.UserID = req.UserID
	f.Kind = req.Kind
	for _, v := range req.Status {
		f.Status = append(f.Status, enum.AfterSaleStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return orderdto.FromAfterSales(rows), total, nil
}

// Transit drives the state machine of t_after_sale.
func (s *Service) Transit(ctx context.Context, operator, id int64, to enum.AfterSaleStatus, remark string) error {
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status == to {
		return nil
	}
	extra := map[string]any{}
	if to == enum.AfterSaleApproved {
		extra["audited_at"] = timex.Now()
	}
	if to == enum.AfterSaleRejected {
		extra["audited_at"] = timex.Now()
	}
	if remark != "" {
		extra["audit_remark"] = remark
	}
	ok, err := s.repo.CasStatus(ctx, id, row.Status, to, extra)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.Conflict, "after_sale %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "after_sale.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
