package invoice

import (
	"context"
	"strconv"
	"time"

	orderdao "github.com/acme/shop/internal/dao/order"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 5 * time.Minute
const keyPrefix = "order:invoice:"

// Service keeps the rules of t_order_invoice (发票).
type Service struct {
	repo  *orderdao.InvoiceRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *orderdao.InvoiceRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建发票.
func (s *Service) Create(ctx context.Context, operator int64, req *orderdto.CreateInvoiceReq) (*orderdto.InvoiceResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "invoice")
	}
	if old, err := s.repo.GetByOrderID(ctx, req.OrderID); err == nil && old != nil {
		return nil, errs.Newf(errs.Conflict, "order_id %v exists", req.OrderID)
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	row := &ordermodel.Invoice{
		OrderID: req.OrderID,
		Kind:    req.Kind,
		Title:   req.Title,
		TaxNo:   req.TaxNo,
		Email:   req.Email,
		UserID:  operator,
		Status:  ordermodel.InvoiceApplied,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "invoice.create", operator, row.ID, nil)
	return orderdto.FromInvoice(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*ordermodel.Invoice, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row ordermodel.Invoice
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
		return nil, errs.Newf(errs.Forbidden, "invoice %d belongs to another user", id)
	}
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *orderdto.UpdateInvoiceReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return errs.Newf(errs.Forbidden, "invoice %d belongs to another user", id)
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "invoice %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.Kind != nil && *req.Kind != row.Kind {
		cols["kind"] = *req.Kind
		row.Kind = *req.Kind
	}
	if req.Title != nil && *req.Title != row.Title {
		cols["title"] = *req.Title
		row.Title = *req.Title
	}
	if req.TaxNo != nil && *req.TaxNo != row.TaxNo {
		cols["tax_no"] = *req.TaxNo
		row.TaxNo = *req.TaxNo
	}
	if req.Email != nil && *req.Email != row.Email {
		cols["email"] = *req.Email
		row.Email = *req.Email
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
	s.audit.Record(ctx, "invoice.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *orderdto.ListInvoiceReq) ([]*orderdto.InvoiceResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := orderdao.InvoiceFilter{From: from, To: to, Query: req.Query}
	f.OrderID = req.OrderID
	f.UserID = req.UserID
	for _, v := range req.Status {
		f.Status = append(f.Status, ordermodel.InvoiceStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return orderdto.FromInvoices(rows), total, nil
}

// Transit drives the state machine of t_order_invoice.
func (s *Service) Transit(ctx context.Context, operator, id int64, to ordermodel.InvoiceStatus, remark string) error {
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status == to {
		return nil
	}
	extra := map[string]any{}
	if to == ordermodel.InvoiceIssued {
		extra["issued_at"] = timex.Now()
	}
	if remark != "" {
		extra["fail_reason"] = remark
	}
	ok, err := s.repo.CasStatus(ctx, id, row.Status, to, extra)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.Conflict, "invoice %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "invoice.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
