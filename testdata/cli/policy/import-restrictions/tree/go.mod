module example.com/shop

go 1.22

require (
	github.com/google/uuid v1.0.0
	github.com/lib/pq v1.0.0
	gorm.io/gorm v1.0.0
)
