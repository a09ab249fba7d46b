# A hub whose fourteen satellites import it back; two of them only together, one by two lines.
printf 'module example.com/hub\n\ngo 1.21\n' >go.mod
mkdir -p hub
{
	printf 'package hub\n\nimport (\n'
	for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14; do
		printf '\t_ "example.com/hub/sat%s/a"\n\t_ "example.com/hub/sat%s/b"\n' $i $i
	done
	printf ')\n'
} >hub/hub.go
for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14; do
	mkdir -p sat$i/a sat$i/b sat$i/back
	printf 'package a\n' >sat$i/a/a.go
	printf 'package b\n' >sat$i/b/b.go
	printf 'package back\n\nimport _ "example.com/hub/hub"\n' >sat$i/back/back.go
done
printf 'package back\n\nimport _ "example.com/hub/hub"\n' >sat14/back/more.go
printf 'package a\n\nimport _ "example.com/hub/sat02/b"\n' >sat01/a/a.go
printf 'package b\n\nimport _ "example.com/hub/sat01/b"\n' >sat02/b/more.go
