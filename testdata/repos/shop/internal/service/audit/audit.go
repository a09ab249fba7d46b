// Package audit writes who did what to t_audit_log, later, so that nobody waits for it.
package audit

import (
	"context"
	"encoding/json"
	"time"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
)

type entry struct {
	ID       int64     `gorm:"column:id;primaryKey"`
	Action   string    `gorm:"column:action;size:64"`
	Operator int64     `gorm:"column:operator"`
	TargetID int64     `gorm:"column:target_id"`
	Detail   string    `gorm:"column:detail;type:text"`
	TraceID  string    `gorm:"column:trace_id;size:64"`
	At       time.Time `gorm:"column:at"`
}

func (entry) TableName() string { return "t_audit_log" }

type Recorder struct {
	base *dao.Base
	ch   chan entry
}

func New(b *dao.Base) *Recorder { return &Recorder{base: b, ch: make(chan entry, 1024)} }

// Record never blocks: a full buffer drops the entry and says so.
func (r *Recorder) Record(ctx context.Context, action string, operator, target int64, detail map[string]any) {
	if r == nil {
		return
	}
	b, err := json.Marshal(detail)
	if err != nil {
		log.Warn(ctx, "audit detail", log.String("action", action), log.Err(err))
	}
	e := entry{ID: idgen.Next(), Action: action, Operator: operator, TargetID: target, Detail: string(b), TraceID: log.TraceID(ctx), At: time.Now()}
	select {
	case r.ch <- e:
	default:
		log.Warn(ctx, "audit buffer full", log.String("action", action), log.Int64("target", target))
	}
}

// Run writes batches until ctx ends, then what is left.
func (r *Recorder) Run(ctx context.Context) {
	var batch []entry
	flush := func() {
		if len(batch) == 0 {
			return
		}
		if err := r.base.DB(context.Background()).CreateInBatches(batch, 100).Error; err != nil {
			log.Error(ctx, "audit write", log.Int("rows", len(batch)), log.Err(err))
		}
		batch = batch[:0]
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			flush()
			return
		case e := <-r.ch:
			if batch = append(batch, e); len(batch) >= 100 {
				flush()
			}
		case <-tick.C:
			flush()
		}
	}
}
