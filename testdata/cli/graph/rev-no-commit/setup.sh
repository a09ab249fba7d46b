mkdir a
printf 'module example.com/m\n\ngo 1.21\n' >go.mod
printf 'package a\n' >a/a.go
git init -q -b main
git add -A
git commit -q -m all
git tag -a -m tree folder HEAD:a
git pack-refs --all
