package reconcile

import (
	"context"
	"strconv"
	"time"

	paydao "github.com/acme/shop/internal/dao/payment"
	paydto "github.com/acme/shop/internal/dto/payment"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 10 * time.Minute
const keyPrefix = "payment:bill:"

// Service keeps the rules of t_reconcile_bill (对账单).
type Service struct {
	repo  *paydao.BillRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *paydao.BillRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建对账单.
func (s *Service) Create(ctx context.Context, operator int64, req *paydto.CreateBillReq) (*paydto.BillResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "bill")
	}
	row := &paymodel.Bill{
		BillDate:    req.BillDate,
		ChannelCode: req.ChannelCode,
		FileURL:     req.FileURL,
		Status:      paymodel.BillInit,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "bill.create", operator, row.ID, nil)
	return paydto.FromBill(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*paymodel.Bill, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row paymodel.Bill
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
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *paydto.UpdateBillReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "bill %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.FileURL != nil && *req.FileURL != row.FileURL {
		cols["file_url"] = *req.FileURL
		row.FileURL = *req.FileURL
	}
	if req.Handler != nil && *req.Handler != row.Handler {
		cols["handler"] = *req.Handler
		row.Handler = *req.Handler
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
	s.audit.Record(ctx, "bill.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *paydto.ListBillReq) ([]*paydto.BillResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := paydao.BillFilter{From: from, To: to, Query: req.Query}
	f.BillDate = req.BillDate
	f.ChannelCode = req.ChannelCode
	for _, v := range req.Status {
		f.Status = append(f.Status, paymodel.BillStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return paydto.FromBills(rows), total, nil
}

// Transit drives the state machine of t_reconcile_bill.
func (s *Service) Transit(ctx context.Context, operator, id int64, to paymodel.BillStatus, remark string) error {
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status == to {
		return nil
	}
	extra := map[string]any{}
	ok, err := s.repo.CasStatus(ctx, id, row.Status, to, extra)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.Conflict, "bill %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "bill.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
