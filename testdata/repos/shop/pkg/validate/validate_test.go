package validate

import "testing"

func TestPhone(t *testing.T) {
	type req struct {
		Phone string `binding:"cnphone"`
	}
	for p, ok := range map[string]bool{"13812345678": true, "+8613812345678": true, "+4915112345678": true, "123": false, "": false} {
		if err := Struct(req{Phone: p}); (err == nil) != ok {
			t.Errorf("%q: %v", p, err)
		}
	}
}
