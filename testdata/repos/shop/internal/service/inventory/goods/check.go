package goods

import (
	"context"
	"strings"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
)

// forbidden words of the advertising law (广告法).
var forbidden = []string{"最好", "第一", "国家级", "顶级", "100%有效"}

func (s *Service) check(_ context.Context, row *invmodel.Spu) error {
	for _, w := range forbidden {
		if strings.Contains(row.Title, w) || strings.Contains(row.SubTitle, w) {
			return errs.Newf(errs.InvalidArgument, "the word %q is not allowed", w)
		}
	}
	if row.Weight < 0 || row.Weight > 500000 {
		return errs.Newf(errs.InvalidArgument, "weight %d", row.Weight)
	}
	return nil
}
