package domain

import (
	_ "example.com/m/pkg/store"
	_ "strings"
	_ "net/url"
	_ "github.com/google/uuid"
)
