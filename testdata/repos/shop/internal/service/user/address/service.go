package address

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
const keyPrefix = "user:address:"

// Service keeps the rules of t_user_address (收货地址).
type Service struct {
	repo  *userdao.AddressRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *userdao.AddressRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建收货地址.
func (s *Service) Create(ctx context.Context, operator int64, req *userdto.CreateAddressReq) (*userdto.AddressResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "address")
	}
	row := &usermodel.Address{
		Receiver:  req.Receiver,
		Phone:     req.Phone,
		Country:   req.Country,
		Province:  req.Province,
		City:      req.City,
		District:  req.District,
		Detail:    req.Detail,
		Zip:       req.Zip,
		IsDefault: req.IsDefault,
		UserID:    operator,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "address.create", operator, row.ID, nil)
	return userdto.FromAddress(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*usermodel.Address, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row usermodel.Address
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
		return nil, errs.Newf(errs.Forbidden, "address %d belongs to another user", id)
	}
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *userdto.UpdateAddressReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return errs.Newf(errs.Forbidden, "address %d belongs to another user", id)
	}
	cols := map[string]any{}
	if req.Receiver != nil && *req.Receiver != row.Receiver {
		cols["receiver"] = *req.Receiver
		row.Receiver = *req.Receiver
	}
	if req.Phone != nil && *req.Phone != row.Phone {
		cols["phone"] = *req.Phone
		row.Phone = *req.Phone
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
	if req.District != nil && *req.District != row.District {
		cols["district"] = *req.District
		row.District = *req.District
	}
	if req.Detail != nil && *req.Detail != row.Detail {
		cols["detail"] = *req.Detail
		row.Detail = *req.Detail
	}
	if req.Zip != nil && *req.Zip != row.Zip {
		cols["zip"] = *req.Zip
		row.Zip = *req.Zip
	}
	if req.IsDefault != nil && *req.IsDefault != row.IsDefault {
		cols["is_default"] = *req.IsDefault
		row.IsDefault = *req.IsDefault
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
	s.audit.Record(ctx, "address.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *userdto.ListAddressReq) ([]*userdto.AddressResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := userdao.AddressFilter{From: from, To: to, Query: req.Query}
	f.UserID = req.UserID
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return userdto.FromAddresss(rows), total, nil
}
