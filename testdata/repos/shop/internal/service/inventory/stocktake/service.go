package stocktake

import (
	"context"
	"strconv"
	"time"

	invdao "github.com/acme/shop/internal/dao/inventory"
	invdto "github.com/acme/shop/internal/dto/inventory"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 10 * time.Minute
const keyPrefix = "inventory:stocktake:"

// Service keeps the rules of t_stocktake (盘点单).
type Service struct {
	repo  *invdao.StocktakeRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *invdao.StocktakeRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建盘点单.
func (s *Service) Create(ctx context.Context, operator int64, req *invdto.CreateStocktakeReq) (*invdto.StocktakeResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "stocktake")
	}
	row := &invmodel.Stocktake{
		WarehouseID: req.WarehouseID,
		Scope:       req.Scope,
		Planner:     req.Planner,
		Remark:      req.Remark,
		TakeNo:      idgen.No("TA", operator),
		Status:      invmodel.StocktakePlanned,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "stocktake.create", operator, row.ID, nil)
	return invdto.FromStocktake(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*invmodel.Stocktake, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row invmodel.Stocktake
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
func (s *Service) Update(ctx context.Context, operator int64, req *invdto.UpdateStocktakeReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "stocktake %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.Scope != nil && *req.Scope != row.Scope {
		cols["scope"] = *req.Scope
		row.Scope = *req.Scope
	}
	if req.Planner != nil && *req.Planner != row.Planner {
		cols["planner"] = *req.Planner
		row.Planner = *req.Planner
	}
	if req.Remark != nil && *req.Remark != row.Remark {
		cols["remark"] = *req.Remark
		row.Remark = *req.Remark
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
	s.audit.Record(ctx, "stocktake.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *invdto.ListStocktakeReq) ([]*invdto.StocktakeResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := invdao.StocktakeFilter{From: from, To: to, Query: req.Query}
	f.TakeNo = req.TakeNo
	f.WarehouseID = req.WarehouseID
	for _, v := range req.Status {
		f.Status = append(f.Status, invmodel.StocktakeStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return invdto.FromStocktakes(rows), total, nil
}

// Transit drives the state machine of t_stocktake.
func (s *Service) Transit(ctx context.Context, operator, id int64, to invmodel.StocktakeStatus, remark string) error {
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status == to {
		return nil
	}
	extra := map[string]any{}
	if to == invmodel.StocktakeCounting {
		extra["started_at"] = timex.Now()
	}
	if to == invmodel.StocktakePosted {
		extra["finished_at"] = timex.Now()
	}
	if remark != "" {
		extra["remark"] = remark
	}
	ok, err := s.repo.CasStatus(ctx, id, row.Status, to, extra)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.Conflict, "stocktake %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "stocktake.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
