//go:build !cgo

package barcode

func checkDigit(s string) int {
	sum := 0
	for i := range s {
		w := 1
		if i%2 == 1 {
			w = 3
		}
		sum += int(s[i]-'0') * w
	}
	return (10 - sum%10) % 10
}
