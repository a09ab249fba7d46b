# SPDX-License-Identifier: MIT
# Long and wide names: places stay whole, names give way, lines keep to 100 columns.
printf 'module example.com/x\n\ngo 1.22\n' >go.mod
long=internal/a/very/long/way/down/to/the/package
mkdir -p $long/one internal/订单服务/退款处理 short
printf 'package one\n\nimport "example.com/x/internal/退款"\n\nimport (\n\talias "example.com/x/short"\n)\n' >$long/one/one.go
printf 'package refund\n\nimport (\n\t"example.com/x/%s/one"\n\t"example.com/x/short"\n)\n' $long >internal/订单服务/退款处理/refund.go
echo 'package short' >short/short.go
