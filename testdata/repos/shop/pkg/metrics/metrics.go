// Package metrics owns every Prometheus collector of the shop.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var (
	HTTPDuration = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "shop_http_duration_seconds",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
	}, []string{"method", "route", "status"})

	OrderSubmitted = promauto.NewCounterVec(prometheus.CounterOpts{Name: "shop_order_submitted_total"}, []string{"channel", "result"})
	PaymentResult  = promauto.NewCounterVec(prometheus.CounterOpts{Name: "shop_payment_result_total"}, []string{"channel", "result"})
	MQLag          = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "shop_mq_lag"}, []string{"topic", "group"})
	JobDuration    = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "shop_job_duration_seconds"}, []string{"job"})
	CacheHit       = promauto.NewCounterVec(prometheus.CounterOpts{Name: "shop_cache_total"}, []string{"prefix", "result"})
)

// Handler serves /metrics.
func Handler() http.Handler { return promhttp.Handler() }

// Since is for defer: defer metrics.Since(metrics.JobDuration, "export")().
func Since(h *prometheus.HistogramVec, labels ...string) func() {
	start := time.Now()
	return func() { h.WithLabelValues(labels...).Observe(time.Since(start).Seconds()) }
}
