package main

import "net/http"

func main() {
	http.HandleFunc("/", nil)
	_, _ = http.Get("http://orders.shop.svc.cluster.local:80/orders/1")
	_, _ = http.Get("https://api.bank.example.com/pay")
	_ = http.ListenAndServe(":8080", nil)
}
