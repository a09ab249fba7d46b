// Command mockdata prints order rows as CSV for load tests.
package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"

	"github.com/acme/shop/test/fixture"
)

func main() {
	w := csv.NewWriter(os.Stdout)
	defer w.Flush()
	for i := int64(1); i <= 1000; i++ {
		o := fixture.Order(i)
		if err := w.Write([]string{o.OrderNo, strconv.FormatInt(o.UserID, 10), o.PayAmount.String(), o.ReceiverAddr}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
