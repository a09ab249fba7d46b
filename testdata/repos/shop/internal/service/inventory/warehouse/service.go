package warehouse

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
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 10 * time.Minute
const keyPrefix = "inventory:warehouse:"

// Service keeps the rules of t_warehouse (仓库).
type Service struct {
	repo  *invdao.WarehouseRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *invdao.WarehouseRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建仓库.
func (s *Service) Create(ctx context.Context, operator int64, req *invdto.CreateWarehouseReq) (*invdto.WarehouseResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "warehouse")
	}
	if old, err := s.repo.GetByCode(ctx, req.Code); err == nil && old != nil {
		return nil, errs.Newf(errs.Conflict, "code %v exists", req.Code)
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	row := &invmodel.Warehouse{
		Code:     req.Code,
		Name:     req.Name,
		Kind:     req.Kind,
		Country:  req.Country,
		Province: req.Province,
		City:     req.City,
		Address:  req.Address,
		Lat:      req.Lat,
		Lng:      req.Lng,
		Contact:  req.Contact,
		Phone:    req.Phone,
		Priority: req.Priority,
		Status:   invmodel.WarehouseBuilding,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "warehouse.create", operator, row.ID, nil)
	return invdto.FromWarehouse(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*invmodel.Warehouse, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row invmodel.Warehouse
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
func (s *Service) Update(ctx context.Context, operator int64, req *invdto.UpdateWarehouseReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "warehouse %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.Name != nil && *req.Name != row.Name {
		cols["name"] = *req.Name
		row.Name = *req.Name
	}
	if req.Kind != nil && *req.Kind != row.Kind {
		cols["kind"] = *req.Kind
		row.Kind = *req.Kind
	}
	if req.Country != nil && *req.Country != row.Country {
		cols["country"] = *req.Country
		row.Country = *req.Country
	}
	if req.Province != nil && *req.Province != row.Province {
		cols["province"] = *req.Province
		row.Province = *req.Province
	}
	if req.City != nil && *req.City != row.City {
		cols["city"] = *req.City
		row.City = *req.City
	}
	if req.Address != nil && *req.Address != row.Address {
		cols["address"] = *req.Address
		row.Address = *req.Address
	}
	if req.Lat != nil && *req.Lat != row.Lat {
		cols["lat"] = *req.Lat
		row.Lat = *req.Lat
	}
	if req.Lng != nil && *req.Lng != row.Lng {
		cols["lng"] = *req.Lng
		row.Lng = *req.Lng
	}
	if req.Contact != nil && *req.Contact != row.Contact {
		cols["contact"] = *req.Contact
		row.Contact = *req.Contact
	}
	if req.Phone != nil && *req.Phone != row.Phone {
		cols["phone"] = *req.Phone
		row.Phone = *req.Phone
	}
	if req.Priority != nil && *req.Priority != row.Priority {
		cols["priority"] = *req.Priority
		row.Priority = *req.Priority
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
	s.audit.Record(ctx, "warehouse.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *invdto.ListWarehouseReq) ([]*invdto.WarehouseResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := invdao.WarehouseFilter{From: from, To: to, Query: req.Query}
	f.Code = req.Code
	f.Name = req.Name
	f.Country = req.Country
	for _, v := range req.Status {
		f.Status = append(f.Status, invmodel.WarehouseStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return invdto.FromWarehouses(rows), total, nil
}

// Transit drives the state machine of t_warehouse.
func (s *Service) Transit(ctx context.Context, operator, id int64, to invmodel.WarehouseStatus, remark string) error {
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
		return errs.Newf(errs.Conflict, "warehouse %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "warehouse.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
