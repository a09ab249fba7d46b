package coupon_test

import (
	"context"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	coupondao "github.com/acme/shop/internal/dao/coupon"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/testx"
)

func TestUserCouponGetByCouponNo(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_user_coupon`").
		WithArgs("A1001", 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "coupon_no"}).AddRow(7, "A1001"))
	got, err := coupondao.NewUserCouponRepo(dao.NewBase(db, nil)).GetByCouponNo(context.Background(), "A1001")
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestUserCouponNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_user_coupon`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := coupondao.NewUserCouponRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
