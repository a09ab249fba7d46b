// Package notify tells people: SMS, mail, WeChat Work.
package notify

import (
	"context"
	"time"

	smscli "github.com/acme/shop/internal/client/sms"
	wecomcli "github.com/acme/shop/internal/client/wecom"
	userdao "github.com/acme/shop/internal/dao/user"
	"github.com/acme/shop/internal/job/queue"
	"github.com/acme/shop/internal/service/notify/tpl"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/mailer"
	"github.com/acme/shop/pkg/timex"
)

type Service struct {
	sms    *smscli.Client
	mail   *mailer.Mailer
	wecom  *wecomcli.Client
	queue  *queue.Queue
	users  *userdao.UserRepo
	expiry time.Duration
}

func New(s *smscli.Client, m *mailer.Mailer, w *wecomcli.Client, q *queue.Queue, u *userdao.UserRepo) *Service {
	return &Service{sms: s, mail: m, wecom: w, queue: q, users: u, expiry: 5 * time.Minute}
}

// User sends by what the user has: mail abroad, SMS at home.
func (s *Service) User(ctx context.Context, userID int64, name string, args ...any) error {
	u, err := s.users.Get(ctx, userID)
	if err != nil {
		return err
	}
	title, body, err := tpl.Render(u.Lang, name, args...)
	if err != nil {
		return err
	}
	if u.Country != "" && u.Country != "CN" {
		return s.mail.ToUser(ctx, u, title, body)
	}
	if !timex.InWindow(timex.Now(), "08:00", "22:00") {
		return s.queue.Push(ctx, "sms", smscli.Message{Phone: u.Phone, Body: body}, s.untilMorning())
	}
	return s.sms.Send(ctx, smscli.Message{Phone: u.Phone, Body: body})
}

func (s *Service) untilMorning() time.Duration {
	now := timex.Now()
	_, tomorrow := timex.DayRange(now)
	at := tomorrow.Add(8 * time.Hour)
	if now.Hour() < 8 {
		at = at.AddDate(0, 0, -1)
	}
	return at.Sub(now)
}

// Staff rings the group of a team; it must never fail the caller.
func (s *Service) Staff(ctx context.Context, group, text string) {
	go func() {
		if err := s.wecom.Send(context.Background(), group, text); err != nil {
			log.Warn(ctx, "wecom", log.String("group", group), log.Err(err))
		}
	}()
}

// Code sends a login code at once, by night too.
func (s *Service) Code(ctx context.Context, phone, lang, code string) error {
	_, body, err := tpl.Render(lang, "login.code", code)
	if err != nil {
		return err
	}
	return s.sms.Send(ctx, smscli.Message{Phone: phone, Body: body, Urgent: true})
}
