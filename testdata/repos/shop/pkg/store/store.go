// Package store opens the databases and carries transactions in the context.
package store

import (
	"fmt"
	"time"

	mysqldrv "gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type Config struct {
	DSN          string        `mapstructure:"dsn"`
	Replicas     []string      `mapstructure:"replicas"`
	MaxOpen      int           `mapstructure:"max_open"`
	MaxIdle      int           `mapstructure:"max_idle"`
	MaxLifetime  time.Duration `mapstructure:"max_lifetime"`
	SlowQuery    time.Duration `mapstructure:"slow_query"`
	Driver       string        `mapstructure:"driver"`
	DisableCheck bool          `mapstructure:"disable_check"`
}

// Open connects to MySQL, or to PostgreSQL for the overseas cluster.
func Open(cfg Config) (*gorm.DB, error) {
	var dial gorm.Dialector
	switch cfg.Driver {
	case "", "mysql":
		dial = mysqldrv.Open(cfg.DSN)
	case "postgres":
		dial = postgres.Open(cfg.DSN)
	default:
		return nil, fmt.Errorf("store: unknown driver %q", cfg.Driver)
	}
	db, err := gorm.Open(dial, &gorm.Config{SkipDefaultTransaction: true, PrepareStmt: true})
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(cfg.MaxOpen)
	pool.SetMaxIdleConns(cfg.MaxIdle)
	pool.SetConnMaxLifetime(cfg.MaxLifetime)
	return db, RegisterCallbacks(db)
}
