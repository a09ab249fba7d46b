package codec

import (
	"bytes"
	"os"
	"testing"
)

func TestDecode(t *testing.T) {
	b, err := os.ReadFile("testdata/杭州仓_20231111.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := Decode(bytes.NewReader(b))
	if err != nil || len(lines) != 3 || lines[1].Delta != -5 {
		t.Fatalf("%+v %v", lines, err)
	}
	if _, err := Decode(bytes.NewReader(b[:len(b)-4])); err == nil {
		t.Fatal("a cut file must fail")
	}
}
