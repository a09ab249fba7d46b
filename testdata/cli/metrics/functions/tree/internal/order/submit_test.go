package order

import "testing"

func TestSubmit(t *testing.T) {
	for _, dry := range []bool{true, false} {
		for _, again := range []bool{true, false} {
			if err := (&Service{}).Submit(nil, dry, again); err == nil {
				t.Error("no error")
			}
		}
	}
}
