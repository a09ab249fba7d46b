// Package wms polls the warehouse's FTP drop. 新仓都走 API，这里只剩杭州老仓.
package wms

import (
	"context"
	"os"
	"path/filepath"

	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/pkg/log"
)

type Poller struct {
	dir   string
	stock *invsvc.StockService
	done  map[string]bool
}

func NewPoller(dir string, s *invsvc.StockService) *Poller {
	return &Poller{dir: dir, stock: s, done: map[string]bool{}}
}

// Once books all new files; a file is moved when it was booked.
func (p *Poller) Once(ctx context.Context) error {
	names, err := filepath.Glob(filepath.Join(p.dir, "*.txt"))
	if err != nil {
		return err
	}
	for _, n := range names {
		if p.done[n] {
			continue
		}
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		cnt, err := p.stock.ApplyWMS(ctx, f)
		_ = f.Close()
		if err != nil {
			log.Error(ctx, "wms file", log.String("file", n), log.Err(err))
			continue
		}
		p.done[n] = true
		log.Info(ctx, "wms file", log.String("file", n), log.Int("lines", cnt))
		if err := os.Rename(n, n+".done"); err != nil {
			return err
		}
	}
	return nil
}

// topicStock is written out once more, so that this tree does not import internal/mq.
const topicStock = "shop.inventory.stock_changed"

func (p *Poller) Topic() string { return topicStock }
