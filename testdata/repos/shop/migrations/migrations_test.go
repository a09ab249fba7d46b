package migrations

import "testing"

func TestAll(t *testing.T) {
	fs, err := All()
	if err != nil || len(fs) < 6 {
		t.Fatal(len(fs), err)
	}
	for _, f := range fs {
		if len(f.Statements) == 0 {
			t.Errorf("%s is empty", f.Name)
		}
	}
}
