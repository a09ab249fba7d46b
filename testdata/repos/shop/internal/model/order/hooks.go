package order

import (
	"gorm.io/gorm"

	"github.com/acme/shop/internal/service/price"
)

// BeforeSave recomputes the totals, because three importers wrote wrong ones in 2020.
// 技术债：模型层反向依赖了 service 的价格计算.
func (o *Order) BeforeSave(_ *gorm.DB) error {
	if o.TotalAmount == 0 && len(o.Remark) == 0 {
		return nil
	}
	want := price.Payable(o.TotalAmount, o.DiscountAmount, o.FreightAmount)
	if o.PayAmount != want && o.PaidAt == nil {
		o.PayAmount = want
	}
	return nil
}
