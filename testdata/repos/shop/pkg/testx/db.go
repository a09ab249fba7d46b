// Package testx is imported by tests only.
package testx

import (
	"context"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"
	mysqldrv "gorm.io/driver/mysql"
	"gorm.io/gorm"

	"github.com/acme/shop/pkg/log"
)

// MockDB is a gorm.DB over sqlmock; expectations are matched in order.
func MockDB(t *testing.T) (*gorm.DB, sqlmock.Sqlmock) {
	t.Helper()
	conn, mock, err := sqlmock.New()
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	db, err := gorm.Open(mysqldrv.New(mysqldrv.Config{Conn: conn, SkipInitializeWithVersion: true}), &gorm.Config{SkipDefaultTransaction: true})
	require.NoError(t, err)
	return db, mock
}

// Context has a trace id, so that log lines of a test can be found.
func Context(t *testing.T) context.Context {
	return log.WithTrace(context.Background(), t.Name())
}
