package payment

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// WalletFlow maps t_wallet_flow (余额流水).
type WalletFlow struct {
	ID           int64        `gorm:"column:id;primaryKey" json:"id,string"`
	WalletID     int64        `gorm:"column:wallet_id;index:idx_wallet_id" json:"wallet_id,string"` // 账户
	FlowNo       string       `gorm:"column:flow_no;size:32;uniqueIndex:uk_flow_no" json:"flow_no"` // 流水号
	Direction    int16        `gorm:"column:direction" json:"direction"`                            // 1 入 2 出
	Amount       money.Amount `gorm:"column:amount" json:"amount"`                                  // 金额(分)
	BalanceAfter money.Amount `gorm:"column:balance_after" json:"balance_after"`                    // 变动后余额(分)
	BizType      string       `gorm:"column:biz_type;size:32;index:idx_biz_type" json:"biz_type"`   // 业务类型
	BizNo        string       `gorm:"column:biz_no;size:64;index:idx_biz_no" json:"biz_no"`         // 业务单号
	Remark       string       `gorm:"column:remark;size:255" json:"remark"`                         // 备注
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (WalletFlow) TableName() string { return "t_wallet_flow" }
