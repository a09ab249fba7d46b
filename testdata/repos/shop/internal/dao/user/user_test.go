package user_test

import (
	"context"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"
	"github.com/stretchr/testify/require"

	"github.com/acme/shop/internal/dao"
	userdao "github.com/acme/shop/internal/dao/user"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/testx"
)

func TestUserGetByPhone(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_user`").
		WithArgs("A1001", 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "phone"}).AddRow(7, "A1001"))
	got, err := userdao.NewUserRepo(dao.NewBase(db, nil)).GetByPhone(context.Background(), "A1001")
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestUserNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_user`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := userdao.NewUserRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
