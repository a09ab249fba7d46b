package activity

import (
	"context"
	"strconv"
	"time"

	coupondao "github.com/acme/shop/internal/dao/coupon"
	coupondto "github.com/acme/shop/internal/dto/coupon"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = time.Minute
const keyPrefix = "coupon:activity:"

// Service keeps the rules of t_promo_activity (促销活动).
type Service struct {
	repo  *coupondao.ActivityRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *coupondao.ActivityRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建促销活动.
func (s *Service) Create(ctx context.Context, operator int64, req *coupondto.CreateActivityReq) (*coupondto.ActivityResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "activity")
	}
	row := &couponmodel.Activity{
		Name:       req.Name,
		Kind:       req.Kind,
		ShopID:     req.ShopID,
		RuleJSON:   req.RuleJSON,
		Budget:     req.Budget,
		Owner:      req.Owner,
		ActivityNo: idgen.No("AC", operator),
		StartAt:    timex.Now(),
		EndAt:      timex.Now().AddDate(0, 1, 0),
		Status:     couponmodel.ActivityDraft,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "activity.create", operator, row.ID, nil)
	return coupondto.FromActivity(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*couponmodel.Activity, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row couponmodel.Activity
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
func (s *Service) Update(ctx context.Context, operator int64, req *coupondto.UpdateActivityReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "activity %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.Name != nil && *req.Name != row.Name {
		cols["name"] = *req.Name
		row.Name = *req.Name
	}
	if req.RuleJSON != nil && *req.RuleJSON != row.RuleJSON {
		cols["rule_json"] = *req.RuleJSON
		row.RuleJSON = *req.RuleJSON
	}
	if req.Budget != nil && *req.Budget != row.Budget {
		cols["budget"] = *req.Budget
		row.Budget = *req.Budget
	}
	if req.Owner != nil && *req.Owner != row.Owner {
		cols["owner"] = *req.Owner
		row.Owner = *req.Owner
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
	s.audit.Record(ctx, "activity.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *coupondto.ListActivityReq) ([]*coupondto.ActivityResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := coupondao.ActivityFilter{From: from, To: to, Query: req.Query}
	f.ActivityNo = req.ActivityNo
	f.Name = req.Name
	f.Kind = req.Kind
	f.ShopID = req.ShopID
	for _, v := range req.Status {
		f.Status = append(f.Status, couponmodel.ActivityStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return coupondto.FromActivitys(rows), total, nil
}

// Transit drives the state machine of t_promo_activity.
func (s *Service) Transit(ctx context.Context, operator, id int64, to couponmodel.ActivityStatus, remark string) error {
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
		return errs.Newf(errs.Conflict, "activity %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "activity.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
