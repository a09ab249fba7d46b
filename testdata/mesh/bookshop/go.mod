module example.com/bookshop

go 1.22

require (
	github.com/afex/hystrix-go v0.0.0-20180502004556-fa1af6a1f4f5
	github.com/avast/retry-go/v4 v4.6.0
	google.golang.org/grpc v1.66.0
)
