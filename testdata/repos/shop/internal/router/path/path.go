// Package path names the routes that appear outside of the router.
package path

const (
	V1            = "/v1"
	OrderDetail   = "/v1/orders/:id"
	ShipmentTrack = "/v1/shipments/:no/track"
	PayNotify     = "/webhook/pay/:channel"
	Healthz       = "/healthz"
	Readyz        = "/readyz"
	Metrics       = "/metrics"
)
