package base

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/middleware"
)

// UserID is who calls; 0 for anonymous.
func UserID(c *gin.Context) int64 {
	if s := middleware.Current(c); s != nil {
		return s.UserID
	}
	return 0
}

func IsStaff(c *gin.Context) bool {
	s := middleware.Current(c)
	return s != nil && s.Staff
}

// Operator is the owner that services check against; staff see everything.
func Operator(c *gin.Context) int64 {
	if IsStaff(c) {
		return 0
	}
	return UserID(c)
}
