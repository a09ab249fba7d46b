// domain: order
package main

import "ex.com/m/internal/order/domain"

func main() { _ = domain.Order{} }
