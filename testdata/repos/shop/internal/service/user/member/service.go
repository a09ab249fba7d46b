package member

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
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 30 * time.Minute
const keyPrefix = "user:member:"

// Service keeps the rules of t_member (会员).
type Service struct {
	repo  *userdao.MemberRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *userdao.MemberRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建会员.
func (s *Service) Create(ctx context.Context, operator int64, req *userdto.CreateMemberReq) (*userdto.MemberResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "member")
	}
	if old, err := s.repo.GetByUserID(ctx, req.UserID); err == nil && old != nil {
		return nil, errs.Newf(errs.Conflict, "user_id %v exists", req.UserID)
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	if old, err := s.repo.GetByCardNo(ctx, req.CardNo); err == nil && old != nil {
		return nil, errs.Newf(errs.Conflict, "card_no %v exists", req.CardNo)
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	row := &usermodel.Member{
		UserID:       req.UserID,
		Level:        req.Level,
		CardNo:       req.CardNo,
		AutoRenew:    req.AutoRenew,
		RenewChannel: req.RenewChannel,
		ValidFrom:    timex.Now(),
		ValidTo:      timex.Now().AddDate(0, 1, 0),
		Status:       usermodel.MemberTrial,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "member.create", operator, row.ID, nil)
	return userdto.FromMember(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*usermodel.Member, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row usermodel.Member
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
		return nil, errs.Newf(errs.Forbidden, "member %d belongs to another user", id)
	}
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *userdto.UpdateMemberReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return errs.Newf(errs.Forbidden, "member %d belongs to another user", id)
	}
	cols := map[string]any{}
	if req.Level != nil && *req.Level != row.Level {
		cols["level"] = *req.Level
		row.Level = *req.Level
	}
	if req.AutoRenew != nil && *req.AutoRenew != row.AutoRenew {
		cols["auto_renew"] = *req.AutoRenew
		row.AutoRenew = *req.AutoRenew
	}
	if req.RenewChannel != nil && *req.RenewChannel != row.RenewChannel {
		cols["renew_channel"] = *req.RenewChannel
		row.RenewChannel = *req.RenewChannel
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
	s.audit.Record(ctx, "member.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *userdto.ListMemberReq) ([]*userdto.MemberResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := userdao.MemberFilter{From: from, To: to, Query: req.Query}
	f.UserID = req.UserID
	f.Level = req.Level
	for _, v := range req.Status {
		f.Status = append(f.Status, usermodel.MemberStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return userdto.FromMembers(rows), total, nil
}

// Transit drives the state machine of t_member.
func (s *Service) Transit(ctx context.Context, operator, id int64, to usermodel.MemberStatus, remark string) error {
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
		return errs.Newf(errs.Conflict, "member %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "member.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
