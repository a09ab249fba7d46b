//go:build cgo

package barcode

import "unsafe"

/*
#include <stddef.h>

static int ean_check(const char *s, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += (s[i] - '0') * (i % 2 ? 3 : 1);
	return (10 - sum % 10) % 10;
}
*/
import "C"

// checkDigit keeps the C code that the scanner firmware shares with us.
func checkDigit(s string) int {
	if s == "" {
		return 0
	}
	b := []byte(s)
	return int(C.ean_check((*C.char)(unsafe.Pointer(&b[0])), C.size_t(len(b))))
}
