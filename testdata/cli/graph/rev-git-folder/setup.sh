# A mirror need not end in .git, nor have a config that calls it bare.
mkdir a b
printf 'module example.com/m\n\ngo 1.21\n' >go.mod
printf 'package a\n\nimport _ "example.com/m/b"\n' >a/a.go
printf 'package b\n' >b/b.go
git init -q -b main
git add -A
git commit -q -m all
cp -R .git mirror
rm mirror/config
