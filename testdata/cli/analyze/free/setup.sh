# Twelve packages below order that only order imports; five elsewhere.
printf 'module example.com/mall\n\ngo 1.21\n' >go.mod
mkdir -p order cmd/server
printf 'package order\n' >order/order.go
for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
	mkdir -p order/part$i pkg/p$i
	printf 'package part%s\n' $i >order/part$i/part.go
	printf 'package p%s\n' $i >pkg/p$i/p.go
	printf '\nimport _ "example.com/mall/order/part%s"\n' $i >>order/order.go
done
printf 'package main\n\nimport _ "example.com/mall/order"\n\nfunc main() {}\n' >cmd/server/main.go
printf 'package part01\n\nimport _ "example.com/mall/order/part02"\n' >order/part01/more.go
