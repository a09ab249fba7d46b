// Package kafkax hides sarama.
package kafkax

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/IBM/sarama"

	"github.com/acme/shop/pkg/log"
)

type Config struct {
	Brokers  []string `mapstructure:"brokers"`
	ClientID string   `mapstructure:"client_id"`
	Version  string   `mapstructure:"version"`
}

func saramaConfig(c Config) *sarama.Config {
	sc := sarama.NewConfig()
	sc.ClientID = c.ClientID
	sc.Version = sarama.V2_8_0_0
	sc.Producer.RequiredAcks = sarama.WaitForAll
	sc.Producer.Idempotent = true
	sc.Net.MaxOpenRequests = 1
	sc.Producer.Return.Successes = true
	sc.Producer.Retry.Max = 5
	sc.Producer.Retry.Backoff = 100 * time.Millisecond
	sc.Consumer.Offsets.Initial = sarama.OffsetOldest
	return sc
}

type Producer struct{ p sarama.SyncProducer }

func NewProducer(c Config) (*Producer, error) {
	p, err := sarama.NewSyncProducer(c.Brokers, saramaConfig(c))
	if err != nil {
		return nil, fmt.Errorf("kafka producer: %w", err)
	}
	return &Producer{p: p}, nil
}

// Send marshals v as JSON and waits for all replicas.
func (p *Producer) Send(ctx context.Context, topic, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	msg := &sarama.ProducerMessage{Topic: topic, Key: sarama.StringEncoder(key), Value: sarama.ByteEncoder(b)}
	if id := log.TraceID(ctx); id != "" {
		msg.Headers = append(msg.Headers, sarama.RecordHeader{Key: []byte("trace_id"), Value: []byte(id)})
	}
	_, _, err = p.p.SendMessage(msg)
	return err
}

func (p *Producer) Close() error { return p.p.Close() }
