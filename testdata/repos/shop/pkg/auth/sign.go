package auth

import (
	"net/http"
	"strconv"
	"time"

	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/errs"
)

// Partner calls are signed with app id, timestamp and a shared secret.
const skew = 5 * time.Minute

func SignHeader(h http.Header, appID, appSecret string, now time.Time) {
	ts := strconv.FormatInt(now.Unix(), 10)
	h.Set("X-App-Id", appID)
	h.Set("X-Timestamp", ts)
	h.Set("X-Sign", crypto.Sign(map[string]string{"app_id": appID, "ts": ts}, appSecret))
}

func VerifyHeader(h http.Header, appSecret string, now time.Time) error {
	ts, err := strconv.ParseInt(h.Get("X-Timestamp"), 10, 64)
	if err != nil {
		return errs.New(errs.Unauthenticated, "timestamp")
	}
	if d := now.Sub(time.Unix(ts, 0)); d > skew || d < -skew {
		return errs.New(errs.Unauthenticated, "timestamp too old")
	}
	want := map[string]string{"app_id": h.Get("X-App-Id"), "ts": h.Get("X-Timestamp")}
	if !crypto.Verify(want, appSecret, h.Get("X-Sign")) {
		return errs.New(errs.Unauthenticated, "signature")
	}
	return nil
}
