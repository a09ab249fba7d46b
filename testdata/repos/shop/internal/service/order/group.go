package order

import (
	"context"
	"strconv"
	"time"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// GroupState lives in Redis only; a lost Redis loses the groups (2022-06-18 故障复盘).
type GroupState struct {
	ID      int64        `json:"id"`
	SkuID   int64        `json:"sku_id"`
	Price   money.Amount `json:"price"`
	Need    int          `json:"need"`
	Members []int64      `json:"members"`
	EndAt   time.Time    `json:"end_at"`
}

func groupKey(id int64) string { return "group:" + strconv.FormatInt(id, 10) }

func (s *Service) groupPrice(ctx context.Context, sku *invmodel.Sku, groupID int64) (money.Amount, error) {
	var g GroupState
	hit, err := s.Cache.GetJSON(ctx, groupKey(groupID), &g)
	switch {
	case err != nil:
		return 0, errs.Wrap(err, errs.Unavailable, "group")
	case !hit || timex.Now().After(g.EndAt):
		return 0, errs.New(errs.StateConflict, "the group is over")
	case g.SkuID != sku.ID:
		return 0, errs.New(errs.InvalidArgument, "another product's group")
	case len(g.Members) >= g.Need:
		return 0, errs.New(errs.StateConflict, "the group is full")
	}
	return g.Price, nil
}

// JoinGroup is called when the order is paid.
func (s *Service) JoinGroup(ctx context.Context, groupID, userID int64) (full bool, err error) {
	err = s.Lock.With(ctx, groupKey(groupID), 3*time.Second, func(ctx context.Context) error {
		var g GroupState
		hit, err := s.Cache.GetJSON(ctx, groupKey(groupID), &g)
		if err != nil || !hit {
			return errs.Newf(errs.NotFound, "group %d", groupID)
		}
		for _, m := range g.Members {
			if m == userID {
				return nil
			}
		}
		g.Members = append(g.Members, userID)
		full = len(g.Members) >= g.Need
		return s.Cache.SetJSON(ctx, groupKey(groupID), g, 48*time.Hour)
	})
	return full, err
}
