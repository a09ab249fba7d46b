#!/bin/sh
# SPDX-License-Identifier: MIT
# Facts of whole Go files against go/parser and go/ast: all of GOROOT/src and of the Debian packages
# that golist.py compares on.  Usage: tests/oracle/facts.sh BUILD [CACHE]
set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
cache=${2:-build/cache/oracle}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
export GOFLAGS= GOWORK=off GO111MODULE=off GOTOOLCHAIN=local GOPROXY=off

# compare NAME: reads file names from $tmp/files
compare() {
	"$tmp/reference" <"$tmp/files" >"$tmp/want"
	"$tmp/driver" <"$tmp/files" >"$tmp/got"
	# Files that go/parser refuses have no facts to compare.
	for side in want got; do
		awk 'FNR == 1 { pass++ }
			/^file / { name = $0 }
			pass == 1 { if ($0 == "rejected") refused[name] = 1; next }
			!(name in refused)' "$tmp/want" "$tmp/$side" >"$tmp/$side.whole"
	done
	files=$(grep -c '^file ' "$tmp/want.whole" || :)
	refused=$(grep -c '^rejected' "$tmp/want" || :)
	counts=$(awk '{ n[$1]++ }
		END { print n["decl"] + 0 " declarations, " n["member"] + 0 " members, " n["ref"] + 0 " references, " \
			n["use"] + 0 " uses, " n["call"] + 0 " calls, " n["literal"] + 0 " literals, " \
			n["string"] + 0 " strings" }' "$tmp/want.whole")
	if [ "$files" -gt 0 ] && cmp -s "$tmp/want.whole" "$tmp/got.whole"; then
		echo "ok $1: $files files, $counts, 0 differences ($refused files that go/parser refuses)"
		return
	fi
	diff "$tmp/want.whole" "$tmp/got.whole" >"$tmp/diff" || :
	echo "not ok $1: $files files, $counts, $(grep -c '^[<>]' "$tmp/diff" || :) lines differ"
	head -n 40 "$tmp/diff" | cut -c 1-300
	failed=1
}

go build -o "$tmp/reference" tests/oracle/facts/main.go
ar rc "$tmp/lib.a" "$build"/base/*.o "$build"/graph/source/*.o
${CC:-cc} -std=c17 -I. ${SAN:+-fsanitize=$SAN} -o "$tmp/driver" \
	tests/oracle/facts/facts_driver.c "$tmp/lib.a" "$build"/ts/*.o -lpthread -lm

find "$(go env GOROOT)/src" -name testdata -prune -o -name '*.go' -type f -print | LC_ALL=C sort >"$tmp/files"
compare "std and cmd"
mkdir -p "$cache"
python3 - "$cache" >"$tmp/trees" <<-'END'
	import os, sys
	sys.path.insert(0, "tests/oracle")
	from golist import DEBIAN
	from gotree import debian_sources
	out, sys.stdout = sys.stdout, sys.stderr        # what is downloaded is told there
	for package in DEBIAN:
	    print(os.path.realpath(debian_sources(package, sys.argv[1])[0]), file=out)
END
# The one file in which the grammar's tree lacks something: see README.md.
while read -r tree; do
	find "$tree" -name '*.go' -type f ! -path '*/go/ssa/testdata/objlookup.go'
done <"$tmp/trees" | LC_ALL=C sort >"$tmp/files"
compare "Debian's packages"
exit "$failed"
