// Package notify sends the messages that waited for the morning.
package notify

import (
	"context"
	"encoding/json"

	smscli "github.com/acme/shop/internal/client/sms"
	"github.com/acme/shop/internal/job"
)

func New(c *smscli.Client) job.Handler {
	return func(ctx context.Context, raw json.RawMessage) error {
		var m smscli.Message
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		return c.Send(ctx, m)
	}
}
