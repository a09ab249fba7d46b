package barcode

import "testing"

func TestValid(t *testing.T) {
	if err := Valid("6901234567892"); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "6901234567890", "69012345678x2"} {
		if Valid(bad) == nil {
			t.Errorf("%q must be refused", bad)
		}
	}
}
