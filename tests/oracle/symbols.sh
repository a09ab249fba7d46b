#!/bin/sh
# SPDX-License-Identifier: MIT
# What imports use, against go/types: every edge between the packages of Go's standard library and
# commands; and the interfaces and structs that each declares.  Usage: tests/oracle/symbols.sh BUILD
set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GOFLAGS= GOWORK=off GOTOOLCHAIN=local GOPROXY=off LC_ALL=C
root=$(go env GOROOT) minor=$(go env GOVERSION | sed 's/^go1\.\([0-9]*\).*/\1/')

GO111MODULE=off go build -o "$tmp/reference" tests/oracle/symbols/main.go
ar rc "$tmp/lib.a" "$build"/base/*.o "$build"/graph/*.o "$build"/graph/source/*.o
${CC:-cc} -std=c17 -D_XOPEN_SOURCE=700 -I. ${SAN:+-fsanitize=$SAN} -o "$tmp/driver" \
	tests/oracle/symbols/symbols_driver.c "$tmp/lib.a" "$build"/ts/*.o \
	$(pkg-config --libs libgit2 zlib libcjson yaml-0.1 libpcre2-8 lmdb) -lpthread -lm

# With a default.pgo there would be variants of packages: a matter of building.
CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go list -C "$root/src" -pgo=off -deps \
	-json=ImportPath,Dir,GoFiles,ImportMap std cmd >"$tmp/list"
"$tmp/reference" <"$tmp/list" 2>"$tmp/errors" | sort >"$tmp/want"
"$tmp/driver" "$root/src" "$minor" 2>"$tmp/share" | sort >"$tmp/all"

# Only packages that go list names: no builtin, nor what no package of it needs without cgo.
awk 'pass == 0 { if ($1 == "types") named[$2] = 1; next } $2 in named' pass=0 "$tmp/want" pass=1 "$tmp/all" >"$tmp/got"
more=$(awk 'pass == 0 { if ($1 == "types") named[$2] = 1; next } $1 == "types" && !($2 in named)' \
	pass=0 "$tmp/want" pass=1 "$tmp/all" | wc -l)
count() { grep -c "^$1 " "$tmp/want" || :; }
counts="$(count types) packages, $(count edge) edges, $(count symbol) symbols"
uses=$(awk '$1 == "symbol" { n += $6 } END { print n + 0 }' "$tmp/want")
if [ "$(count symbol)" -gt 10000 ] && [ ! -s "$tmp/errors" ] && cmp -s "$tmp/want" "$tmp/got"; then
	echo "ok std and cmd: $counts, $uses uses, 0 differences ($more packages that go list does not name)"
	echo "ok resolved: $(cat "$tmp/share")"
else
	diff "$tmp/want" "$tmp/got" >"$tmp/diff" || :
	echo "not ok std and cmd: $counts, $uses uses, $(grep -c '^[<>]' "$tmp/diff" || :) lines differ"
	head -n 20 "$tmp/errors" "$tmp/diff" | cut -c 1-300
	exit 1
fi
