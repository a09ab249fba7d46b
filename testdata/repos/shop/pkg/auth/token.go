// Package auth issues and checks the tokens of app, mini program and back office.
package auth

import (
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/acme/shop/pkg/errs"
)

// secret is set once by bootstrap; the old apps still send tokens signed with oldSecret.
var (
	secret    []byte
	oldSecret []byte
)

func SetSecret(cur, old string) { secret, oldSecret = []byte(cur), []byte(old) }

type Claims struct {
	UserID int64  `json:"uid"`
	Staff  bool   `json:"staff,omitempty"`
	Device string `json:"dev,omitempty"`
	jwt.RegisteredClaims
}

func Issue(userID int64, staff bool, device string, ttl time.Duration) (string, error) {
	now := time.Now()
	c := Claims{UserID: userID, Staff: staff, Device: device, RegisteredClaims: jwt.RegisteredClaims{
		IssuedAt:  jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(ttl)),
		Issuer:    "acme-shop",
	}}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString(secret)
}

// Parse accepts the current secret, then the old one until the apps are forced to update.
func Parse(token string) (*Claims, error) {
	var last error
	for _, key := range [][]byte{secret, oldSecret} {
		if len(key) == 0 {
			continue
		}
		var c Claims
		_, err := jwt.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) {
			if t.Method != jwt.SigningMethodHS256 {
				return nil, fmt.Errorf("unexpected method %s", t.Header["alg"])
			}
			return key, nil
		})
		if err == nil {
			return &c, nil
		}
		last = err
	}
	return nil, errs.Wrap(last, errs.Unauthenticated, "token")
}
