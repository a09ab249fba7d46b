#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds build constraints, file names and tool tags against go/build.  Usage: constraint.sh BUILD [COUNT]
set -eu
build=$(cd "$1" && pwd)
count=${2:-12000}
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

# compare NAME INPUT: one line a set, the first differences below it
compare() {
	"$tmp/reference" eval "$tmp/configs" <"$2" >"$tmp/want"
	"$tmp/driver" "$tmp/configs" <"$2" >"$tmp/got"
	lines=$(wc -l <"$2")
	paste -d'\t' "$tmp/want" "$tmp/got" "$2" | LC_ALL=C awk -F'\t' '$1 != $2' >"$tmp/diff"
	differ=$(wc -l <"$tmp/diff")
	if [ "$differ" -eq 0 ] && [ "$lines" -gt 0 ]; then
		echo "ok $1: $lines lines compared, 0 differences"
	else
		echo "not ok $1: $lines lines compared, $differ differences"
		head -n 5 "$tmp/diff" | cat -v | cut -c 1-200
		failed=1
	fi
}

export GOFLAGS= GOWORK=off GO111MODULE=off GOTOOLCHAIN=local GOEXPERIMENT=
go build -o "$tmp/reference" tests/oracle/constraint/main.go
ar rc "$tmp/lib.a" "$build"/base/*.o "$build"/graph/source/buildcfg*.o "$build"/graph/source/constraint*.o "$build"/graph/source/gotext.o
${CC:-cc} -std=c17 -I. ${SAN:+-fsanitize=$SAN} -o "$tmp/driver" \
	tests/oracle/constraint/constraint_driver.c "$tmp/lib.a" -lpthread

# One line a configuration, with the tags that this go command itself reports.
config() {
	GOOS=${1%/*} GOARCH=${1#*/} go list -e -f \
		'{{join context.ReleaseTags ","}} {{join context.ToolTags ","}}' unsafe | sed "s|^|$1 $2 |; s|\$| $3|"
}
{
	config linux/amd64 cgo ""
	config linux/amd64 nocgo mytag,go1.28
	config windows/amd64 nocgo boringcrypto
	config darwin/arm64 cgo goexperiment.boringcrypto
	config android/arm64 cgo x_y,é
	config illumos/amd64 nocgo ""
	config ios/arm64 cgo ""
	config js/wasm nocgo ""
	config linux/386 nocgo race,other
	config linux/arm cgo ""
} >"$tmp/configs"
"$tmp/reference" gen "$count" >"$tmp/lines"
compare constraint "$tmp/lines"
"$tmp/reference" names "$count" >"$tmp/names"
compare "file name" "$tmp/names"

go tool dist list | while read -r platform; do
	config "$platform" nocgo ""
done >"$tmp/configs"
cut -d' ' -f4 "$tmp/configs" | tr ',' '\n' | sort -u >"$tmp/tags"
printf '%s\n' goexperiment.arenas goexperiment.regabiargs unix linux darwin solaris gc boringcrypto >>"$tmp/tags"
sed 's|^|//go:build |' "$tmp/tags" >"$tmp/lines"
compare "tool tags" "$tmp/lines"
exit "$failed"
