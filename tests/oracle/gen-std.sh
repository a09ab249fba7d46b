#!/bin/sh
# SPDX-License-Identifier: MIT
# analyzers/std.def from `go list std`: `gen-std.sh BUILD` compares the rows with the Go that is installed
# (BUILD is not needed, every oracle gets it), `gen-std.sh --write` writes them.
set -eu
cd "$(dirname "$0")/../.."
def=analyzers/std.def
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GOFLAGS= GOWORK=off GOTOOLCHAIN=local

# Some packages exist on one platform or in one experiment only, and Go refuses experiments that it
# does not know.
{
	GOOS=linux GOARCH=amd64 CGO_ENABLED=1 go list std
	GOOS=windows GOARCH=amd64 go list std
	GOOS=js GOARCH=wasm go list std
	for experiment in arenas jsonv2 simd synctest runtimesecret; do
		GOOS=linux GOARCH=amd64 GOEXPERIMENT=$experiment go list std 2>/dev/null || :
	done
} | sed '/\(^\|\/\)\(internal\|vendor\)\(\/\|$\)/d; /^builtin$/d' | LC_ALL=C sort -u >"$tmp/here"
test -s "$tmp/here"
minor=$(go env GOVERSION | sed 's/^go1\.\([0-9]*\).*/\1/')
# Later packages, as the table of versions knows them, and what came and went with experiments.
sed -n 's|^SINCE("\(.*\)", \([0-9]*\))$|\2 \1|p' analyzers/std_since.def |
	awk -v minor="$minor" '$1 > minor { print $2 }' >"$tmp/hand"
printf '%s\n' arena encoding/json/jsontext encoding/json/v2 runtime/secret simd/archsimd >>"$tmp/hand"
LC_ALL=C sort -u "$tmp/here" "$tmp/hand" >"$tmp/want"

if [ "${1:-}" = --write ]; then
	{
		cat <<'END'
/*
 * STD(path) - the packages of Go's standard library that others may import, in the order of bytes,
 * with those of experiments.  Written by tests/oracle/gen-std.sh --write from `go list std`.
 */
END
		sed 's|.*|STD("&")|' "$tmp/want"
	} >"$def"
	exit 0
fi
sed -n 's|^STD("\(.*\)")$|\1|p' "$def" >"$tmp/have"
count=$(wc -l <"$tmp/here")
LC_ALL=C sort -c "$tmp/have" || { echo "not ok std: $def is not sorted"; exit 1; }
# An older Go has fewer: what is more must be known to have come later.
if [ "$count" -gt 100 ] && cmp -s "$tmp/have" "$tmp/want"; then
	echo "ok std: $count packages of go1.$minor, 0 differences"
else
	echo "not ok std: differs from 'go list std' of go1.$minor"
	diff "$tmp/want" "$tmp/have" || :
	exit 1
fi
