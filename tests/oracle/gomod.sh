#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds the go.mod reader against `go mod edit -json`.  Usage: gomod.sh BUILD [COUNT]
set -eu
build=$(cd "$1" && pwd)
count=${2:-240}
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
export GOFLAGS= GOWORK=off GO111MODULE=on GOTOOLCHAIN=local GOPROXY=off

# compare NAME: reads file names from $tmp/files
compare() {
	"$tmp/reference" read <"$tmp/files" >"$tmp/want"
	"$tmp/driver" <"$tmp/files" >"$tmp/got" 2>"$tmp/why"
	files=$(grep -c '^file ' "$tmp/want" || :)
	rejected=$(grep -c '^rejected' "$tmp/want" || :)
	differ=$(diff "$tmp/want" "$tmp/got" | grep -c '^[<>]' || :)
	if [ "$differ" -eq 0 ] && [ "$files" -gt 0 ]; then
		echo "ok $1: $files files compared, $rejected of them rejected by Go, 0 differences"
	else
		echo "not ok $1: $files files compared, $differ lines differ"
		diff -U 3 "$tmp/want" "$tmp/got" | head -n 40 | cat -v
		failed=1
	fi
}

GO111MODULE=off go build -o "$tmp/reference" tests/oracle/gomod/main.go
ar rc "$tmp/lib.a" "$build"/base/*.o "$build"/graph/source/gomod*.o "$build"/graph/source/gotext.o
${CC:-cc} -std=c17 -I. ${SAN:+-fsanitize=$SAN} -o "$tmp/driver" tests/oracle/gomod/gomod_driver.c "$tmp/lib.a" -lpthread

goroot=$(go env GOROOT)
minor=$(go env GOVERSION | sed "s|.*go1\.\([0-9]*\).*|\1|")
# The directive ignore is the newest there is: an older Go refuses what is right today.
trees=testdata
[ "$minor" -ge 25 ] || trees=
# A copy, because nothing here may write to GOROOT.
# shellcheck disable=SC2086
find -L "$goroot/src" "$goroot/misc" "$goroot/test" $trees -name go.mod -o -name go.work 2>/dev/null |
	LC_ALL=C sort >"$tmp/real"
i=0
while read -r f; do
	i=$((i + 1))
	mkdir -p "$tmp/real.d/$i"
	cp "$f" "$tmp/real.d/$i/"
	echo "$tmp/real.d/$i/${f##*/}"
done <"$tmp/real" >"$tmp/files"
compare "go.mod of Go"
if [ "$minor" -lt 25 ]; then
	echo "ok go.mod generated # SKIP Go 1.$minor does not know all directives"
	exit "$failed"
fi
mkdir "$tmp/gen.d"
"$tmp/reference" gen "$tmp/gen.d" "$count" >"$tmp/files"
compare "go.mod generated"
exit "$failed"
