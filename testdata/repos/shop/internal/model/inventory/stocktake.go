package inventory

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// Stocktake maps t_stocktake (盘点单).
type Stocktake struct {
	ID          int64           `gorm:"column:id;primaryKey" json:"id,string"`
	TakeNo      string          `gorm:"column:take_no;size:32;uniqueIndex:uk_take_no" json:"take_no"`          // 盘点单号
	WarehouseID int64           `gorm:"column:warehouse_id;index:idx_warehouse_id" json:"warehouse_id,string"` // 仓库
	Scope       string          `gorm:"column:scope;size:16" json:"scope"`                                     // 范围 full/cycle/spot
	Planner     string          `gorm:"column:planner;size:64" json:"planner"`                                 // 计划人
	BookQty     int64           `gorm:"column:book_qty" json:"book_qty"`                                       // 账面
	CountQty    int64           `gorm:"column:count_qty" json:"count_qty"`                                     // 实盘
	GainQty     int64           `gorm:"column:gain_qty" json:"gain_qty"`                                       // 盘盈
	LossQty     int64           `gorm:"column:loss_qty" json:"loss_qty"`                                       // 盘亏
	Remark      string          `gorm:"column:remark;size:255" json:"remark"`                                  // 备注
	StartedAt   *time.Time      `gorm:"column:started_at" json:"started_at,omitempty"`                         // 开始
	FinishedAt  *time.Time      `gorm:"column:finished_at" json:"finished_at,omitempty"`                       // 完成
	Status      StocktakeStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Stocktake) TableName() string { return "t_stocktake" }
