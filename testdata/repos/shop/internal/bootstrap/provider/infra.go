// Package provider builds the pieces that bootstrap puts together.
package provider

import (
	"os"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dao/setting"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/kafkax"
	"github.com/acme/shop/pkg/lock"
	"github.com/acme/shop/pkg/mailer"
	delayq "github.com/acme/shop/pkg/queue"
	"github.com/acme/shop/pkg/search"
	"github.com/acme/shop/pkg/storage"
	"github.com/acme/shop/pkg/store"
)

type Infra struct {
	DB       *gorm.DB
	Redis    redis.UniversalClient
	Cache    *cache.Client
	Lock     *lock.Locker
	Base     *dao.Base
	Kafka    kafkax.Config
	Producer *kafkax.Producer
	Queue    *delayq.Queue
	Storage  storage.Store
	Mailer   *mailer.Mailer
	Search   *search.Client
	Setting  *setting.Repo
}

// NewInfra connects to everything that has an address.
func NewInfra() (*Infra, error) {
	var sc store.Config
	if err := config.Unmarshal("mysql", &sc); err != nil {
		return nil, err
	}
	if dsn := os.Getenv("MYSQL_DSN"); dsn != "" {
		sc.DSN = dsn
	}
	db, err := store.Open(sc)
	if err != nil {
		return nil, err
	}
	rdb := redis.NewUniversalClient(&redis.UniversalOptions{
		Addrs:        []string{config.Addr("REDIS", "redis:6379")},
		PoolSize:     config.Int("redis.pool"),
		ReadTimeout:  200 * time.Millisecond,
		WriteTimeout: 200 * time.Millisecond,
		MaxRetries:   2,
	})
	kc := kafkax.Config{Brokers: strings.Split(config.Addr("KAFKA", "kafka:9092"), ","), ClientID: "shop"}
	prod, err := kafkax.NewProducer(kc)
	if err != nil {
		return nil, err
	}
	files, err := storage.New(config.String("storage.url"))
	if err != nil {
		return nil, err
	}
	var mc mailer.Config
	if err := config.Unmarshal("mail", &mc); err != nil {
		return nil, err
	}
	c := cache.New(rdb)
	base := dao.NewBase(db, c)
	return &Infra{
		DB: db, Redis: rdb, Cache: c, Lock: lock.New(rdb), Base: base, Kafka: kc, Producer: prod,
		Queue: delayq.New(rdb, "jobs"), Storage: files, Mailer: mailer.New(mc),
		Search: search.New("http://"+config.Addr("ELASTIC", "elasticsearch:9200"), "shop_spu"), Setting: setting.New(base),
	}, nil
}
