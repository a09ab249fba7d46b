package order

import (
	"context"
	"time"
)

// Archive moves closed orders of last year into t_order_archive, a thousand at a time.
func (s *Service) Archive(ctx context.Context, before time.Time) (int64, error) {
	var moved int64
	for {
		var n int64
		err := s.Base.Tx(ctx, func(ctx context.Context) error {
			db := s.Base.DB(ctx)
			var ids []int64
			err := db.Raw("SELECT id FROM t_order WHERE status IN (50, 70, 90) AND updated_at < ? ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED", before).Scan(&ids).Error
			if err != nil || len(ids) == 0 {
				return err
			}
			if err := db.Exec("INSERT INTO t_order_archive SELECT * FROM t_order WHERE id IN ?", ids).Error; err != nil {
				return err
			}
			if err := db.Exec("DELETE FROM t_order WHERE id IN ?", ids).Error; err != nil {
				return err
			}
			n = int64(len(ids))
			return nil
		})
		if err != nil {
			return moved, err
		}
		if moved += n; n < 1000 {
			return moved, nil
		}
	}
}
