package bootstrap

import (
	"github.com/acme/shop/internal/cron"
	invcron "github.com/acme/shop/internal/cron/inventory"
	ordercron "github.com/acme/shop/internal/cron/order"
	paycron "github.com/acme/shop/internal/cron/payment"
	"github.com/acme/shop/internal/job"
	exportjob "github.com/acme/shop/internal/job/export"
	notifyjob "github.com/acme/shop/internal/job/notify"
	"github.com/acme/shop/internal/job/queue"
	syncjob "github.com/acme/shop/internal/job/sync"
	invconsumer "github.com/acme/shop/internal/mq/consumer/inventory"
	orderconsumer "github.com/acme/shop/internal/mq/consumer/order"
	payconsumer "github.com/acme/shop/internal/mq/consumer/payment"
	shipevent "github.com/acme/shop/internal/shipping/api/event"
	"github.com/acme/shop/pkg/kafkax"
)

// Consumers subscribes every context; the group is the process.
func (a *App) Consumers() (*kafkax.Consumer, error) {
	k, err := kafkax.NewConsumer(a.Infra.Kafka, "shop-worker")
	if err != nil {
		return nil, err
	}
	s := a.Services
	orderconsumer.Register(k, s.Order)
	payconsumer.Register(k, a.Infra.Cache, s.Pay)
	invconsumer.Register(k, s.Order.Pick, s.Alert)
	shipevent.New(s.ShipCmd, s.Notify).Register(k)
	return k, nil
}

// Jobs registers the handlers of the delay queue.
func (a *App) Jobs() *job.Worker {
	s := a.Services
	w := job.NewWorker(a.Infra.Queue)
	w.Handle(queue.KindExport, exportjob.New(s.Order, a.Infra.Storage, s.Notify))
	w.Handle(queue.KindSMS, notifyjob.New(s.SMS))
	w.Handle(queue.KindCloseUnpaid, syncjob.CloseUnpaid(s.Order))
	w.Handle(queue.KindSyncERP, syncjob.ERP(s.Stock))
	return w
}

// Cron registers the scheduled jobs.
func (a *App) Cron() *cron.Runner {
	s := a.Services
	ordercron.Register(s.Order)
	paycron.Register(s.Pay, s.Renewer, s.Issue)
	invcron.Register(s.Reserve, s.Alert, s.Searcher, s.WMSFiles, s.ShipCmd)
	return cron.New(a.Infra.Lock)
}
