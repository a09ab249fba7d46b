git init -q
meshctl baseline update -q --allow-new
git add -A
git commit -qm first
git mv internal/order internal/ordering
sed -i 's,internal/order/,internal/ordering/,' internal/*/*/*.go
