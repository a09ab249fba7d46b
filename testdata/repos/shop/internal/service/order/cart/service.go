package cart

import (
	"context"
	"strconv"
	"time"

	orderdao "github.com/acme/shop/internal/dao/order"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
	"github.com/acme/shop/pkg/validate"
)

const cacheTTL = 5 * time.Minute
const keyPrefix = "order:cart_item:"

// Service keeps the rules of t_cart_item (购物车).
type Service struct {
	repo  *orderdao.CartItemRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(repo *orderdao.CartItemRepo, c *cache.Client, a *audit.Recorder) *Service {
	return &Service{repo: repo, cache: c, audit: a}
}

// Create 新建购物车.
func (s *Service) Create(ctx context.Context, operator int64, req *orderdto.CreateCartItemReq) (*orderdto.CartItemResp, error) {
	if err := validate.Struct(req); err != nil {
		return nil, errs.Wrap(err, errs.InvalidArgument, "cart_item")
	}
	row := &ordermodel.CartItem{
		SkuID:    req.SkuID,
		ShopID:   req.ShopID,
		Quantity: req.Quantity,
		Checked:  req.Checked,
		Source:   req.Source,
		UserID:   operator,
	}
	if err := s.check(ctx, row); err != nil {
		return nil, err
	}
	if err := s.repo.Create(ctx, row); err != nil {
		return nil, err
	}
	s.audit.Record(ctx, "cart_item.create", operator, row.ID, nil)
	return orderdto.FromCartItem(row), nil
}

// Get reads through the cache; a miss is filled, a broken cache is only logged.
func (s *Service) Get(ctx context.Context, operator, id int64) (*ordermodel.CartItem, error) {
	key := keyPrefix + strconv.FormatInt(id, 10)
	var row ordermodel.CartItem
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
		return nil, errs.Newf(errs.Forbidden, "cart_item %d belongs to another user", id)
	}
	return &row, nil
}

// Update changes only the fields that are present in req.
func (s *Service) Update(ctx context.Context, operator int64, req *orderdto.UpdateCartItemReq) error {
	id := req.ID
	row, err := s.repo.Get(ctx, id)
	if err != nil {
		return err
	}
	if operator != 0 && !row.OwnedBy(operator) {
		return errs.Newf(errs.Forbidden, "cart_item %d belongs to another user", id)
	}
	cols := map[string]any{}
	if req.Quantity != nil && *req.Quantity != row.Quantity {
		cols["quantity"] = *req.Quantity
		row.Quantity = *req.Quantity
	}
	if req.Checked != nil && *req.Checked != row.Checked {
		cols["checked"] = *req.Checked
		row.Checked = *req.Checked
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
	s.audit.Record(ctx, "cart_item.update", operator, id, cols)
	return nil
}

func (s *Service) List(ctx context.Context, req *orderdto.ListCartItemReq) ([]*orderdto.CartItemResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := orderdao.CartItemFilter{From: from, To: to, Query: req.Query}
	f.UserID = req.UserID
	f.SkuID = req.SkuID
	rows, total, err := s.repo.List(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return orderdto.FromCartItems(rows), total, nil
}
