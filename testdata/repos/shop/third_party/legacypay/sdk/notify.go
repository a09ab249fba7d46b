package sdk

import "net/url"

// ParseNotify flattens the form of a callback.
func ParseNotify(body []byte) (map[string]string, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(form))
	for k := range form {
		out[k] = form.Get(k)
	}
	return out, nil
}
