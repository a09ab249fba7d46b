// Package legacypay is the SDK of the union pay gateway as we got it in 2016, with our fixes.
package legacypay

const (
	CodeOK      = "00"
	CodePending = "03"
	CodeFailed  = "01"
)

// Endpoint is the gateway; the test gateway is gone.
const Endpoint = "https://gateway.95516.com/gateway/api"
