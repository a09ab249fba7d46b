#!/bin/sh
# SPDX-License-Identifier: MIT
# analyzers/std_since.def from GOROOT/api: `gen-std-since.sh BUILD` compares the rows with the Go that is
# installed (BUILD is not needed, every oracle gets it), `gen-std-since.sh --write` writes them.
set -eu
cd "$(dirname "$0")/../.."
def=analyzers/std_since.def
api=$(go env GOROOT)/api
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

if [ ! -f "$api/go1.txt" ]; then
	echo "ok std_since # SKIP this Go has no api folder"
	exit 0
fi
newest=0
while [ -f "$api/go1.$((newest + 1)).txt" ]; do
	newest=$((newest + 1))
done

# The file in which a package appears first; those of go1.txt have been there for ever.
minor=0
: >"$tmp/seen"
: >"$tmp/rows"
while [ "$minor" -le "$newest" ]; do
	file=$api/go1.$minor.txt
	[ "$minor" -gt 0 ] || file=$api/go1.txt
	sed -n 's|^pkg \([A-Za-z0-9/._-]*\)[ ,].*|\1|p' "$file" | LC_ALL=C sort -u >"$tmp/here"
	if [ "$minor" -gt 0 ]; then
		LC_ALL=C comm -23 "$tmp/here" "$tmp/seen" | sed "s|.*|SINCE(\"&\", $minor)|" >>"$tmp/rows"
	fi
	LC_ALL=C sort -u "$tmp/here" "$tmp/seen" >"$tmp/next"
	mv "$tmp/next" "$tmp/seen"
	minor=$((minor + 1))
done
# Older than its first exported name.
sed '/"runtime\/cgo"/d' "$tmp/rows" >"$tmp/kept"
# By hand: exports nothing; packages of Go versions that are newer than this GOROOT's.
hand='SINCE("crypto/mldsa", 27)
SINCE("time/tzdata", 15)
SINCE("uuid", 27)'
{
	cat <<'EOF'
/*
 * SINCE(path, minor) - the first Go 1.x whose standard library has the package; older packages are
 * not listed.  Written by tests/oracle/gen-std-since.sh --write from GOROOT/api, which also knows
 * the rows that api does not have.
 */
EOF
	printf '%s\n' "$hand" | LC_ALL=C sort -u - "$tmp/kept"
} >"$tmp/new"

if [ "${1:-}" = --write ]; then
	cp "$tmp/new" "$def"
	exit 0
fi
# Rows of versions that this GOROOT does not know yet cannot be judged.
rows() {
	sed -n 's|^SINCE("\(.*\)", \([0-9]*\))$|\2 \1|p' "$1" | awk -v newest="$newest" '$1 <= newest' | LC_ALL=C sort
}
rows "$def" >"$tmp/have"
rows "$tmp/new" >"$tmp/want"
count=$(wc -l <"$tmp/want")
if [ "$count" -gt 0 ] && cmp -s "$tmp/have" "$tmp/want"; then
	echo "ok std_since: $count packages up to go1.$newest, 0 differences"
else
	echo "not ok std_since: differs from $api"
	diff "$tmp/want" "$tmp/have" || :
	exit 1
fi
