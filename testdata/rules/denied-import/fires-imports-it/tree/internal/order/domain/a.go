package domain

import (
	_ "fmt"
	_ "net/http"
	_ "github.com/google/uuid"
	_ "gorm.io/gorm"
)
