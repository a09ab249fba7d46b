package wallet

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
const keyPrefix = "payment:wallet:"

// Service keeps the rules of t_wallet (余额账户).
type Service struct {
	repo  *paydao.WalletRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *paydao.WalletRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建余额账户.
func (s *Service) Create(ctx context.Context, operator int64, req *paydto.CreateWalletReq) (*paydto.WalletResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "wallet")
	}
	if old, err := s.repo.GetByUserID(ctx, req.UserID); err == nil && old != nil {
		return nil, errs.Newf(errs.Conflict, "user_id %v exists", req.UserID)
	} else if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	row := &paymodel.Wallet{
		UserID:      req.UserID,
		CreditLimit: req.CreditLimit,
		Status:      paymodel.WalletActive,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "wallet.create", operator, row.ID, nil)
	return paydto.FromWallet(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*paymodel.Wallet, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row paymodel.Wallet
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
		return nil, errs.Newf(errs.Forbidden, "wallet %d belongs to another user", id)
	}
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *paydto.UpdateWalletReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return errs.Newf(errs.Forbidden, "wallet %d belongs to another user", id)
	}
	if row.Status.Final() {
		return errs.Newf(errs.StateConflict, "wallet %d is %s", id, row.Status)
	}
	cols := map[string]any{}
	if req.CreditLimit != nil && *req.CreditLimit != row.CreditLimit {
		cols["credit_limit"] = *req.CreditLimit
		row.CreditLimit = *req.CreditLimit
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
	s.audit.Record(ctx, "wallet.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *paydto.ListWalletReq) ([]*paydto.WalletResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := paydao.WalletFilter{From: from, To: to, Query: req.Query}
	f.UserID = req.UserID
	for _, v := range req.Status {
		f.Status = append(f.Status, paymodel.WalletStatus(v))
	}
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return paydto.FromWallets(rows), total, nil
}

// Transit drives the state machine of t_wallet.
func (s *Service) Transit(ctx context.Context, operator, id int64, to paymodel.WalletStatus, remark string) error {
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
		return errs.Newf(errs.Conflict, "wallet %d changed meanwhile", id)
	}
	s.cache.Del(ctx, keyPrefix+strconv.FormatInt(id, 10))
	s.audit.Record(ctx, "wallet.transit", operator, id, map[string]any{"from": row.Status, "to": to, "remark": remark})
	return nil
}
