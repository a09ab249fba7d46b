package crypto

import "testing"

func TestMask(t *testing.T) {
	if got := MaskPhone("13812345678"); got != "138****5678" {
		t.Fatal(got)
	}
	if got := MaskName("欧阳娜娜"); got != "欧***" {
		t.Fatal(got)
	}
}

func TestSignIgnoresOrderAndSign(t *testing.T) {
	a := map[string]string{"b": "2", "a": "1"}
	s := Sign(a, "k")
	a["sign"] = s
	if !Verify(a, "k", s) || Verify(a, "other", s) {
		t.Fatal("signature")
	}
}

func TestSealOpen(t *testing.T) {
	key := []byte("0123456789abcdef")
	box, err := Seal(key, []byte("身份证"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := Open(key, box)
	if err != nil || string(plain) != "身份证" {
		t.Fatalf("%q %v", plain, err)
	}
}
