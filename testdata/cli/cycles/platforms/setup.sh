# One ring clockwise on Linux, the other way on Windows: no build has the pairs of both.
printf 'module example.com/ring\n\ngo 1.21\n' >go.mod
write() { # FOLDER FILE IMPORTED
	mkdir -p $1/p
	printf 'package p\n\nimport _ "example.com/ring/%s/q"\n' $3 >$1/p/p_$2.go
	mkdir -p $1/q
	printf 'package q\n' >$1/q/q.go
}
write a linux b; write b linux c; write c linux a
write a windows c; write c windows b; write b windows a
