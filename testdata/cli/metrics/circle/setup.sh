# SPDX-License-Identifier: MIT
# a -> b -> c -> b, d on top, e below: a circle is one step of the chain.
printf 'module example.com/x\n' >go.mod
put() { # PACKAGE IMPORT...
	mkdir -p "$1"
	printf 'package %s\n' "$1" >"$1/$1.go"
	from=$1
	shift
	for to in "$@"; do printf 'import _ "example.com/x/%s"\n' "$to" >>"$from/$from.go"; done
}
put d a
put a b
put b c
put c b e
put e
