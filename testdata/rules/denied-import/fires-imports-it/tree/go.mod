module example.com/m

go 1.22

require (
	gorm.io/gorm v1.25.0
	github.com/google/uuid v1.6.0
	github.com/redis/go-redis/v9 v9.5.1
)
