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

func TestPointsFlowGetByFlowNo(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_points_flow`").
		WithArgs("A1001", 1).
		WillReturnRows(sqlmock.NewRows([]string{"id", "flow_no"}).AddRow(7, "A1001"))
	got, err := userdao.NewPointsFlowRepo(dao.NewBase(db, nil)).GetByFlowNo(context.Background(), "A1001")
	require.NoError(t, err)
	require.EqualValues(t, 7, got.ID)
	require.NoError(t, mock.ExpectationsWereMet())
}

func TestPointsFlowNotFound(t *testing.T) {
	db, mock := testx.MockDB(t)
	mock.ExpectQuery("SELECT \\* FROM `t_points_flow`").WillReturnRows(sqlmock.NewRows([]string{"id"}))
	_, err := userdao.NewPointsFlowRepo(dao.NewBase(db, nil)).Get(context.Background(), 404)
	require.True(t, errs.Is(err, errs.NotFound))
}
