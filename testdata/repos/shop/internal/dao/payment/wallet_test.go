package payment_test

import (
	"context"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	paydao "github.com/acme/shop/internal/dao/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/testx"
)

func TestWalletGetByUserID(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_wallet`").
		WithArgs(int64(1001), 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "user_id"}).AddRow(7, int64(1001)))
	got, err := paydao.NewWalletRepo(dao.NewBase(db, nil)).GetByUserID(context.Background(), 1001)
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestWalletNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_wallet`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := paydao.NewWalletRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
