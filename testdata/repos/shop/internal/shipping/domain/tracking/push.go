package tracking

import (
	"errors"
	"net/http"
	"strings"
)

// Push checks a carrier's callback. A transport type in a domain signature: http.Header does not belong here.
func Push(h http.Header, body []byte) (carrier, waybill string, err error) {
	carrier = h.Get("X-Carrier")
	if carrier == "" {
		return "", "", errors.New("tracking: no carrier header")
	}
	fields := strings.SplitN(string(body), "|", 2)
	if len(fields) != 2 || fields[0] == "" {
		return "", "", errors.New("tracking: bad body")
	}
	return carrier, fields[0], nil
}
