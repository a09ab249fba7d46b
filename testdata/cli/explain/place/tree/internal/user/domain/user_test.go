package domain

import (
	"testing"

	"ex.com/m/internal/order/domain"
)

func TestUser(t *testing.T) { _ = domain.Order{} }
