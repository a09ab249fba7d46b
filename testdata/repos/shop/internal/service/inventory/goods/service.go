package goods

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
const keyPrefix = "inventory:spu:"

// Service keeps the rules of t_spu (商品).
type Service struct {
	repo  *invdao.SpuRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *invdao.SpuRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建商品.
func (s *Service) Create(ctx context.Context, operator int64, req *invdto.CreateSpuReq) (*invdto.SpuResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "spu")
	}
	if old, err := s.repo.GetBySpuNo(ctx, req.SpuNo); err == nil && old != nil {
		return nil, errs.Newf(errs.Conflict, "spu_no %v exists", req.SpuNo)
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	row := &invmodel.Spu{
		SpuNo:             req.SpuNo,
		Title:             req.Title,
		SubTitle:          req.SubTitle,
		CategoryID:        req.CategoryID,
		BrandID:           req.BrandID,
		ShopID:            req.ShopID,
		MainImage:         req.MainImage,
		DetailHTML:        req.DetailHTML,
		FreightTemplateID: req.FreightTemplateID,
		Weight:            req.Weight,
		Status:            invmodel.SpuDraft,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "spu.create", operator, row.ID, nil)
	return invdto.FromSpu(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*invmodel.Spu, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row invmodel.Spu
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
func (s *Service) Update(ctx context.Context, operator int64, req *invdto.UpdateSpuReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	cols := map[string]any{}
	if req.Title != nil && *req.Title != row.Title {
		cols["title"] = *req.Title
		row.Title = *req.Title
	}
	if req.SubTitle != nil && *req.SubTitle != row.SubTitle {
		cols["sub_title"] = *req.SubTitle
		row.SubTitle = *req.SubTitle
	}
	if req.CategoryID != nil && *req.CategoryID != row.CategoryID {
		cols["category_id"] = *req.CategoryID
		row.CategoryID = *req.CategoryID
	}
	if req.BrandID != nil && *req.BrandID != row.BrandID {
		cols["brand_id"] = *req.BrandID
		row.BrandID = *req.BrandID
	}
	if req.MainImage != nil && *req.MainImage != row.MainImage {
		cols["main_image"] = *req.MainImage
		row.MainImage = *req.MainImage
	}
	if req.DetailHTML != nil && *req.DetailHTML != row.DetailHTML {
		cols["detail_html"] = *req.DetailHTML
		row.DetailHTML = *req.DetailHTML
	}
	if req.FreightTemplateID != nil && *req.FreightTemplateID != row.FreightTemplateID {
		cols["freight_template_id"] = *req.FreightTemplateID
		row.FreightTemplateID = *req.FreightTemplateID
	}
	if req.Weight != nil && *req.Weight != row.Weight {
		cols["weight"] = *req.Weight
		row.Weight = *req.Weight
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
	s.audit.Record(ctx, "spu.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *invdto.ListSpuReq) ([]*invdto.SpuResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := invdao.SpuFilter{From: from, To: to, Query: req.Query}
	f.SpuNo = req.SpuNo
	f.CategoryID = req.CategoryID
	f.BrandID = req.BrandID
	f.ShopID = req.ShopID
	for _, v := range req.Status {
		f.Status = append(f.Status, invmodel.SpuStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return invdto.FromSpus(rows), total, nil
}

// Transit drives the state machine of t_spu.
func (s *Service) Transit(ctx context.Context, operator, id int64, to invmodel.SpuStatus, remark string) error {
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Status == to {
		return nil
	}
	extra := map[string]any{}
	if to == invmodel.SpuOnSale {
		extra["on_sale_at"] = timex.Now()
	}
	ok, err := s.repo.CasStatus(ctx, id, row.Status, to, extra)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.Conflict, "spu %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "spu.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
