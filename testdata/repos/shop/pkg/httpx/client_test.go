package httpx

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestRetriesOn500(t *testing.T) {
	n := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		if n < 3 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = w.Write([]byte(`{"ok":true}`))
	}))
	defer srv.Close()
	var out struct{ OK bool }
	err := New("test", srv.URL).Get(context.Background(), "/x", &out)
	if err != nil || !out.OK || n != 3 {
		t.Fatalf("%v %v %d", err, out, n)
	}
}
