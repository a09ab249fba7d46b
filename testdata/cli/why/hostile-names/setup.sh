# SPDX-License-Identifier: MIT
# Names with escape sequences, newlines, quotes and marks that turn text around.
printf 'module example.com/x\n\ngo 1.22\n' >go.mod
bad=$(printf 'a\033[31mred')
nl=$(printf 'b\nc')
rtl=$(printf 'd\342\200\256e"q,r')
mkdir -p "$bad" "$nl" "$rtl"
printf 'package a\n\nimport "example.com/x/b"\n' >"$bad/a.go"
printf 'package b\n\nimport "fmt"\n' >"$nl/b.go"
printf 'package d\n\nimport (\n\t"os"\n\t_ "example.com/x/%s"\n)\n' 'd' >"$rtl/d.go"
mkdir b && printf 'package b\n\nimport "fmt"\n' >b/b.go
