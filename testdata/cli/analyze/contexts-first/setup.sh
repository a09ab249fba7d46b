# Contexts first; common has one such folder only, and eleven contexts are more than a screen shows.
printf 'module example.com/mall\n\ngo 1.21\n' >go.mod
for c in a01 a02 a03 a04 a05 a06 a07 a08 a09 a10 a11; do
	for layer in domain app/query; do
		mkdir -p internal/$c/$layer
		printf 'package x\n' >internal/$c/$layer/x.go
	done
	printf 'package x\n\nimport _ "example.com/mall/internal/%s/domain"\n' $c >internal/$c/app/query/x.go
done
mkdir -p internal/stock/domain
printf 'package domain\n' >internal/stock/domain/x.go
for c in a01 a02 a03 a04; do
	printf 'package x\n\nimport _ "example.com/mall/internal/a05/domain"\n' >internal/$c/app/query/y.go
done
for i in 1 2 3; do
	printf 'package x\n\nimport _ "example.com/mall/internal/a0%s/domain"\n' $i >internal/a05/app/query/z$i.go
done
