package points

import (
	"context"
	"strconv"
	"time"

	userdao "github.com/acme/shop/internal/dao/user"
	userdto "github.com/acme/shop/internal/dto/user"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 30 * time.Minute
const keyPrefix = "user:points_flow:"

// Service keeps the rules of t_points_flow (积分流水).
type Service struct {
	repo  *userdao.PointsFlowRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *userdao.PointsFlowRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建积分流水.
func (s *Service) Create(ctx context.Context, operator int64, req *userdto.CreatePointsFlowReq) (*userdto.PointsFlowResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "points_flow")
	}
	row := &usermodel.PointsFlow{
		UserID: req.UserID,
		Delta:  req.Delta,
		Reason: req.Reason,
		BizNo:  req.BizNo,
		FlowNo: idgen.No("FL", operator),
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "points_flow.create", operator, row.ID, nil)
	return userdto.FromPointsFlow(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*usermodel.PointsFlow, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row usermodel.PointsFlow
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
		return nil, errs.Newf(errs.Forbidden, "points_flow %d belongs to another user", id)
	}
	return &row, nil
}

func (s *Service) List(ctx context.Context, req *userdto.ListPointsFlowReq) ([]*userdto.PointsFlowResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := userdao.PointsFlowFilter{From: from, To: to, Query: req.Query}
	f.UserID = req.UserID
	f.Reason = req.Reason
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return userdto.FromPointsFlows(rows), total, nil
}
