red=$(printf 'r\033[31med')
bidi=$(printf '\342\200\256gpj')
bytes=$(printf '\377\376')
for d in "$red" "new
line" "$bidi" "$bytes" '订单/支付' "it's \"q\""; do
	mkdir -p "$d"
	printf 'package p\n\nimport "example.com/mall/no" // \033]0;title\007\n' >"$d/a.go"
done
