package kafkax

import (
	"context"
	"fmt"
	"sort"
	"time"

	"github.com/IBM/sarama"

	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
)

// Handler gets one message; an error that is retryable is not committed.
type Handler func(ctx context.Context, key string, value []byte) error

type Consumer struct {
	group    sarama.ConsumerGroup
	handlers map[string]Handler
}

func NewConsumer(c Config, group string) (*Consumer, error) {
	g, err := sarama.NewConsumerGroup(c.Brokers, group, saramaConfig(c))
	if err != nil {
		return nil, fmt.Errorf("kafka group %s: %w", group, err)
	}
	return &Consumer{group: g, handlers: map[string]Handler{}}, nil
}

func (c *Consumer) Handle(topic string, h Handler) { c.handlers[topic] = h }

// Run blocks until ctx ends.
func (c *Consumer) Run(ctx context.Context) error {
	topics := make([]string, 0, len(c.handlers))
	for t := range c.handlers {
		topics = append(topics, t)
	}
	sort.Strings(topics)
	for ctx.Err() == nil {
		if err := c.group.Consume(ctx, topics, c); err != nil {
			log.Error(ctx, "kafka consume", log.Any("topics", topics), log.Err(err))
			select {
			case <-ctx.Done():
			case <-time.After(3 * time.Second):
			}
		}
	}
	return c.group.Close()
}

func (c *Consumer) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (c *Consumer) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (c *Consumer) ConsumeClaim(s sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	h := c.handlers[claim.Topic()]
	for msg := range claim.Messages() {
		ctx := s.Context()
		for _, hd := range msg.Headers {
			if string(hd.Key) == "trace_id" {
				ctx = log.WithTrace(ctx, string(hd.Value))
			}
		}
		if err := h(ctx, string(msg.Key), msg.Value); err != nil {
			log.Error(ctx, "kafka handler", log.String("topic", msg.Topic), log.Int64("offset", msg.Offset), log.Err(err))
			if errs.CodeOf(err).Retryable() {
				return err
			}
		}
		s.MarkMessage(msg, "")
	}
	return nil
}
