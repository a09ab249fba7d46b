# SPDX-License-Identifier: MIT
# A chain of 30 packages, and 40 importers of its end.
printf 'module example.com/x\n\ngo 1.22\n' >go.mod
for i in $(seq 1 30); do
	mkdir "p$i"
	printf 'package p\n\nimport _ "example.com/x/p%d"\n' $((i + 1)) >"p$i/p.go"
done
mkdir p31
echo 'package p' >p31/p.go
for i in $(seq 1 40); do
	mkdir "q$i"
	printf 'package q\n\nimport (\n\t_ "example.com/x/p31"\n\t_ "example.com/x/p30"\n)\n' >"q$i/q.go"
done
