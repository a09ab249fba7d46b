package user_test

import (
	"testing"

	"example.com/mall/internal/service/user"
	"example.com/mall/internal/testkit"
)

func TestLogin(t *testing.T) { user.Login(); testkit.Start() }
