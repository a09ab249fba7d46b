// Package guard holds the breakers of the web front.
package guard

import "github.com/afex/hystrix-go/hystrix"

// Configure sets what stops calls to orders.
func Configure() {
	hystrix.ConfigureCommand("orders", hystrix.CommandConfig{
		Timeout:               3000,
		MaxConcurrentRequests: 100,
		SleepWindow:           5000,
		ErrorPercentThreshold: 25,
	})
}
