git init -q .
printf 'module x.org/m\n' >go.mod
mkdir -p a b
echo 'package a' >a/a.go
echo 'layers: {one: {in: [a]}}' >.meshctl.yaml
git add .
git -c user.name=x -c user.email=x@x.org commit -qm one
echo 'layers: {two: {in: [b]}}' >.meshctl.yaml
rm a/a.go
echo 'package b' >b/b.go
