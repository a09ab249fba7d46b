git init -q
meshctl baseline update -q --allow-new
git add -A
git commit -qm first
printf 'package domain\n\nimport _ "example.com/shop/internal/pay/app"\n' >internal/pay/domain/new.go
rm internal/pay/app/pay.go
printf 'package app\n' >internal/pay/app/pay.go
