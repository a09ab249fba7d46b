git init -q
meshctl baseline update -q --allow-new
git add -A
git commit -qm first
printf 'package app\n\nimport _ "example.com/shop/internal/order/domain"\n' >internal/order/app/submit.go
