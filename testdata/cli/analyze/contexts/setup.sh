# Layers first; util repeats and is no context, tag stands below one layer only.
printf 'module example.com/mall\n\ngo 1.21\n' >go.mod
add() {
	mkdir -p "$1"
	printf 'package %s\n' "$(basename "$1")" >"$1/x.go"
	from=$1
	shift
	for to; do printf '\nimport _ "example.com/mall/%s"\n' "$to" >>"$from/x.go"; done
}
for c in order user coupon; do
	add internal/model/$c
	add internal/dao/$c internal/model/$c
done
add internal/dao/util
add internal/model/util
add internal/model/tag
add internal/service/order internal/dao/order internal/model/user internal/model/coupon internal/model/tag
add internal/service/user/login internal/dao/user internal/model/order
printf 'package order_test\n\nimport _ "example.com/mall/internal/dao/coupon"\n' >internal/service/order/x_test.go
