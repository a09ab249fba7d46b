package inventory

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

// StockFlowFilter narrows List; zero values do not filter.
type StockFlowFilter struct {
	SkuID       int64
	WarehouseID int64
	BizType     string
	From, To    time.Time
	page.Query
}

// StockFlowRepo reads and writes t_stock_flow.
type StockFlowRepo struct{ *dao.Base }

func NewStockFlowRepo(b *dao.Base) *StockFlowRepo { return &StockFlowRepo{Base: b} }

func (f StockFlowFilter) apply(q *gorm.DB) *gorm.DB {
	if f.SkuID != 0 {
		q = q.Where("sku_id = ?", f.SkuID)
	}
	if f.WarehouseID != 0 {
		q = q.Where("warehouse_id = ?", f.WarehouseID)
	}
	if f.BizType != "" {
		q = q.Where("biz_type = ?", f.BizType)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *StockFlowRepo) Create(ctx context.Context, row *invmodel.StockFlow) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_stock_flow")
	}
	return nil
}

func (r *StockFlowRepo) Get(ctx context.Context, id int64) (*invmodel.StockFlow, error) {
	var row invmodel.StockFlow
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_stock_flow")
	}
	return &row, nil
}

func (r *StockFlowRepo) ListBySkuID(ctx context.Context, skuID int64) ([]*invmodel.StockFlow, error) {
	var rows []*invmodel.StockFlow
	err := r.DB(ctx).Where("sku_id = ?", skuID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_flow")
}

func (r *StockFlowRepo) ListByWarehouseID(ctx context.Context, warehouseID int64) ([]*invmodel.StockFlow, error) {
	var rows []*invmodel.StockFlow
	err := r.DB(ctx).Where("warehouse_id = ?", warehouseID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_flow")
}

func (r *StockFlowRepo) GetByFlowNo(ctx context.Context, flowNo string) (*invmodel.StockFlow, error) {
	var row invmodel.StockFlow
	if err := r.DB(ctx).Where("flow_no = ?", flowNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_stock_flow")
	}
	return &row, nil
}

func (r *StockFlowRepo) ListByBizType(ctx context.Context, bizType string) ([]*invmodel.StockFlow, error) {
	var rows []*invmodel.StockFlow
	err := r.DB(ctx).Where("biz_type = ?", bizType).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_flow")
}

func (r *StockFlowRepo) ListByBizNo(ctx context.Context, bizNo string) ([]*invmodel.StockFlow, error) {
	var rows []*invmodel.StockFlow
	err := r.DB(ctx).Where("biz_no = ?", bizNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_flow")
}

func (r *StockFlowRepo) List(ctx context.Context, f StockFlowFilter) ([]*invmodel.StockFlow, int64, error) {
	var (
		rows  []*invmodel.StockFlow
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.StockFlow{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_stock_flow")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_stock_flow")
}

// BatchGet returns what exists, keyed by id.
func (r *StockFlowRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.StockFlow, error) {
	out := make(map[int64]*invmodel.StockFlow, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.StockFlow
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_stock_flow")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *StockFlowRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.StockFlow{}).Where("id = ?", id).Updates(cols).Error, "t_stock_flow")
}
