#!/bin/sh
# SPDX-License-Identifier: MIT
# The same bytes for any number of threads: every report on Go's library and on the shop with -j 1 to 8.
# Usage: threads.sh BUILD
set -eu
meshctl=$(realpath "$1/meshctl")
shop=$(realpath "$(dirname "$0")/../../testdata/repos/shop")
std=$(go env GOROOT)/src
wrong=0 compared=0
export GIT_CEILING_DIRECTORIES="$(dirname "$shop")"

compare() {     # FOLDER COMMAND...
	top=$1
	shift
	first=
	for j in 1 2 3 5 8; do
		sum=$("$meshctl" -C "$top" "$@" -q -j "$j" 2>&1 | sha256sum)
		[ "$j" = 1 ] && first=$sum
		compared=$((compared + 1))
		if [ "$sum" != "$first" ]; then
			echo "  $* in $top: -j $j prints something else than -j 1"
			wrong=$((wrong + 1))
		fi
	done
}

for top in "$shop" "$std"; do
	compare "$top" list --json
	compare "$top" graph --tests --json
	compare "$top" graph --level dir:2 --highlight cut --format dot
	compare "$top" cycles --json
	compare "$top" analyze --all
	compare "$top" metrics packages --format csv
	compare "$top" why --reverse fmt --all
done
if [ "$wrong" = 0 ]; then
	echo "ok $compared reports, whatever the number of threads"
else
	echo "not ok $wrong of $compared reports differ by the number of threads"
	exit 1
fi
