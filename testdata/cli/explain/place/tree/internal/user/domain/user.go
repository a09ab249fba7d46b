package domain

import "ex.com/m/pkg/store"

type User struct{ store.Row }
