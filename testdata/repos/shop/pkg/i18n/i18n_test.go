package i18n

import "testing"

func TestMatch(t *testing.T) {
	for in, want := range map[string]string{
		"en-US,en;q=0.9": "en",
		"zh-CN,zh;q=0.9": "zh",
		"fr":             "zh",
		"":               "zh",
	} {
		if got := Match(in); got != want {
			t.Errorf("Match(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFallsBackToKey(t *testing.T) {
	if got := T("en", "no.such.key"); got != "no.such.key" {
		t.Fatal(got)
	}
}
