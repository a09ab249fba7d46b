// Package sign is the gateway's own idea of a signature.
package sign

import (
	"crypto/md5"
	"encoding/hex"
	"net/url"
	"sort"
	"strings"
)

// Sum is MD5 over the sorted form plus the key.
func Sum(form url.Values, key string) string {
	keys := make([]string, 0, len(form))
	for k := range form {
		if k != "signature" {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(k + "=" + form.Get(k) + "&")
	}
	sum := md5.Sum([]byte(b.String() + key))
	return hex.EncodeToString(sum[:])
}
