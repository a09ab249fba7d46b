// Package mailer sends mail through the company relay.
package mailer

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"

	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/log"
)

type Config struct {
	Host string `mapstructure:"host"`
	Port int    `mapstructure:"port"`
	From string `mapstructure:"from"`
}

type Mailer struct {
	cfg  Config
	send func(addr, from, to string, msg []byte) error
}

func New(cfg Config) *Mailer { return &Mailer{cfg: cfg, send: relay} }

// ToUser greets by nickname and silently skips users without an address.
func (m *Mailer) ToUser(ctx context.Context, u *usermodel.User, subject, body string) error {
	if u == nil || u.Email == "" {
		return nil
	}
	hello := "尊敬的" + u.Nickname + "：\n\n"
	if u.Lang == "en" {
		hello = "Dear " + u.Nickname + ",\n\n"
	}
	return m.To(ctx, u.Email, subject, hello+body)
}

func (m *Mailer) To(ctx context.Context, to, subject, body string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: =?utf-8?B?%s?=\r\n", m.cfg.From, to, base64.StdEncoding.EncodeToString([]byte(subject)))
	b.WriteString("Content-Type: text/plain; charset=utf-8\r\n\r\n" + body)
	err := m.send(fmt.Sprintf("%s:%d", m.cfg.Host, m.cfg.Port), m.cfg.From, to, b.Bytes())
	if err != nil {
		log.Error(ctx, "mail", log.String("to", to), log.Err(err))
	}
	return err
}
