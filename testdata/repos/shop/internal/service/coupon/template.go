package coupon

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
const keyPrefix = "coupon:template:"

// TemplateService keeps the rules of t_coupon_template (券模板).
type TemplateService struct {
	repo  *coupondao.TemplateRepo
	cache *cache.Client
	audit *audit.Recorder
}

func NewTemplateService(repo *coupondao.TemplateRepo, c *cache.Client, a *audit.Recorder) *TemplateService {
	return &TemplateService{repo: repo, cache: c, audit: a}
}

// Create 新建券模板.
func (s *TemplateService) Create(ctx context.Context, operator int64, req *coupondto.CreateTemplateReq) (*coupondto.TemplateResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "template")
	}
	row := &couponmodel.Template{
		Name:         req.Name,
		Kind:         req.Kind,
		Threshold:    req.Threshold,
		FaceValue:    req.FaceValue,
		PercentOff:   req.PercentOff,
		MaxDiscount:  req.MaxDiscount,
		TotalCount:   req.TotalCount,
		PerUserLimit: req.PerUserLimit,
		ScopeKind:    req.ScopeKind,
		ScopeIDs:     req.ScopeIDs,
		TemplateNo:   idgen.No("TE", operator),
		ValidFrom:    timex.Now(),
		ValidTo:      timex.Now().AddDate(0, 1, 0),
		Status:       couponmodel.TemplateDraft,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "template.create", operator, row.ID, nil)
	return coupondto.FromTemplate(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *TemplateService) Get(ctx context.Context, operator, id int64) (*couponmodel.Template, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row couponmodel.Template
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
func (s *TemplateService) Update(ctx context.Context, operator int64, req *coupondto.UpdateTemplateReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "template %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.Name != nil && *req.Name != row.Name {
		cols["name"] = *req.Name
		row.Name = *req.Name
	}
	if req.Threshold != nil && *req.Threshold != row.Threshold {
		cols["threshold"] = *req.Threshold
		row.Threshold = *req.Threshold
	}
	if req.FaceValue != nil && *req.FaceValue != row.FaceValue {
		cols["face_value"] = *req.FaceValue
		row.FaceValue = *req.FaceValue
	}
	if req.PercentOff != nil && *req.PercentOff != row.PercentOff {
		cols["percent_off"] = *req.PercentOff
		row.PercentOff = *req.PercentOff
	}
	if req.MaxDiscount != nil && *req.MaxDiscount != row.MaxDiscount {
		cols["max_discount"] = *req.MaxDiscount
		row.MaxDiscount = *req.MaxDiscount
	}
	if req.TotalCount != nil && *req.TotalCount != row.TotalCount {
		cols["total_count"] = *req.TotalCount
		row.TotalCount = *req.TotalCount
	}
	if req.PerUserLimit != nil && *req.PerUserLimit != row.PerUserLimit {
		cols["per_user_limit"] = *req.PerUserLimit
		row.PerUserLimit = *req.PerUserLimit
	}
	if req.ScopeKind != nil && *req.ScopeKind != row.ScopeKind {
		cols["scope_kind"] = *req.ScopeKind
		row.ScopeKind = *req.ScopeKind
	}
	if req.ScopeIDs != nil && *req.ScopeIDs != row.ScopeIDs {
		cols["scope_i_ds"] = *req.ScopeIDs
		row.ScopeIDs = *req.ScopeIDs
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
	s.audit.Record(ctx, "template.update", operator, id, cols)
	return nil
}

func (s *TemplateService) List(ctx context.Context, req *coupondto.ListTemplateReq) ([]*coupondto.TemplateResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := coupondao.TemplateFilter{From: from, To: to, Query: req.Query}
	f.TemplateNo = req.TemplateNo
	f.Name = req.Name
	f.Kind = req.Kind
	for _, v := range req.Status {
		f.Status = append(f.Status, couponmodel.TemplateStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return coupondto.FromTemplates(rows), total, nil
}

// Transit drives the state machine of t_coupon_template.
func (s *TemplateService) Transit(ctx context.Context, operator, id int64, to couponmodel.TemplateStatus, remark string) error {
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
		return errs.Newf(errs.Conflict, "template %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "template.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
