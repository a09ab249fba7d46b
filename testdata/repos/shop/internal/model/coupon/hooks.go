package coupon

import (
	"gorm.io/gorm"

	"github.com/acme/shop/internal/service/price"
)

// AfterFind fixes the percentages that the old admin stored as 1-10 (几折).
func (t *Template) AfterFind(_ *gorm.DB) error {
	if t.Kind == "percent" && t.PercentOff > 0 && t.PercentOff <= 10 {
		t.PercentOff = 100 - t.PercentOff*10
	}
	return nil
}

// Face is what the buyer reads on the coupon.
func (t *Template) Face() string {
	switch t.Kind {
	case "percent":
		return price.Discount(t.PercentOff)
	case "freight":
		return "免运费"
	case "gift":
		return t.Name
	}
	return "¥" + t.FaceValue.String()
}
