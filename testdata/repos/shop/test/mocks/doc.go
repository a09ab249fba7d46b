// Package mocks holds the generated mocks.
package mocks

//go:generate mockgen -destination=channel.go -package=mocks -source=../../internal/service/payment/channel/channel.go
//go:generate mockgen -destination=producer.go -package=mocks -source=../../internal/mq/producer/producer.go
//go:generate mockgen -destination=shipment.go -package=mocks -source=../../internal/shipping/domain/shipment/repository.go
//go:generate mockgen -destination=shipping.go -package=mocks -source=../../internal/shipping/contract/contract.go
