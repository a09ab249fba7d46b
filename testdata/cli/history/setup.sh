git init -q
n=0
# commit WHO DAY TEXT: everything that changed; DAY of 2026, as MM-DD
commit() {
	git add -A
	GIT_AUTHOR_NAME="$1" GIT_AUTHOR_EMAIL="$(echo "$1" | tr 'A-Z ' 'a-z.')@example.com" \
	GIT_AUTHOR_DATE="2026-${2}T12:00:00Z" GIT_COMMITTER_DATE="2026-${2}T12:00:00Z" \
		git commit -q -m "$3"
}
# change FILE...: one line more, one branch more
change() {
	for f; do
		n=$((n + 1))
		echo "
func F$n(x int) int {
	if x > $n {
		for i := 0; i < x; i++ {
			x += i
		}
	}
	return x
}" >> "$f"
	done
}
mkdir -p order stock web .github
printf 'module ex.com/shop\n\ngo 1.22\n' > go.mod
printf '/order/ @trade\n/stock/ @goods\n' > .github/CODEOWNERS
echo 'package order' > order/order.go
echo 'package order' > order/refund.go
echo 'package stock' > stock/stock.go
printf 'package web\n\nimport _ "ex.com/shop/order"\n' > web/web.go
commit "Ann Lee" 01-05 "begin"
change order/order.go stock/stock.go; commit "Ann Lee" 01-12 "order takes from stock"
change order/order.go stock/stock.go; commit "Bob" 02-02 "fix: stock is never negative"
change order/order.go stock/stock.go; commit "Ann Lee" 02-20 "reserve"
change order/order.go stock/stock.go order/refund.go; commit "Ann Lee" 03-03 "refund gives back"
change order/order.go stock/stock.go; commit "Bob" 03-09 "Revert: count twice"
change order/order.go web/web.go; commit "Cho" 04-01 "show orders"
change order/order.go web/web.go; commit "Cho" 04-02 "show totals"
change web/web.go; commit "dependabot[bot]" 04-03 "bump"
git checkout -q -b side; change order/refund.go; commit "Ann Lee" 04-04 "refund partly"
git checkout -q main; change web/web.go; commit "Cho" 04-05 "colours"
GIT_COMMITTER_DATE=2026-04-06T12:00:00Z git merge -q --no-ff -m merge side
