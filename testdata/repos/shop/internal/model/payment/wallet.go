package payment

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Wallet maps t_wallet (余额账户).
type Wallet struct {
	ID          int64        `gorm:"column:id;primaryKey" json:"id,string"`
	UserID      int64        `gorm:"column:user_id;uniqueIndex:uk_user_id" json:"user_id,string"` // 用户
	Balance     money.Amount `gorm:"column:balance" json:"balance"`                               // 余额(分)
	Frozen      money.Amount `gorm:"column:frozen" json:"frozen"`                                 // 冻结(分)
	CreditLimit money.Amount `gorm:"column:credit_limit" json:"credit_limit"`                     // 信用额度(分)
	PayPassword string       `gorm:"column:pay_password;size:128" json:"-"`                       // 支付密码
	Version     int32        `gorm:"column:version" json:"version"`                               // 乐观锁
	Status      WalletStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Wallet) TableName() string { return "t_wallet" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *Wallet) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }

// NextVersion is written back under WHERE version = old.
func (m *Wallet) NextVersion() int32 { return m.Version + 1 }
