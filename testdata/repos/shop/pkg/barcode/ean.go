// Package barcode checks and draws product barcodes.
package barcode

import (
	"errors"
	"fmt"
)

var ErrLength = errors.New("barcode: EAN-13 has 13 digits")

// Valid checks length, digits and the check digit.
func Valid(code string) error {
	if len(code) != 13 {
		return ErrLength
	}
	for i := 0; i < len(code); i++ {
		if code[i] < '0' || code[i] > '9' {
			return fmt.Errorf("barcode: %q at %d is no digit", code[i], i)
		}
	}
	if want := checkDigit(code[:12]); int(code[12]-'0') != want {
		return fmt.Errorf("barcode: check digit is %c, want %d", code[12], want)
	}
	return nil
}
