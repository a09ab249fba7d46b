#!/bin/sh
# SPDX-License-Identifier: MIT
# generated.sh BINARY - man/ and completions/ are what the binary prints, lint clean, and complete
# real command lines; exit status, streams and signals are as the pages say. Prints `ok NAME` or
# `not ok NAME` for each; status 1 when one failed.
set -u
binary=$(realpath "${1:?usage: generated.sh BINARY}")
cd "$(dirname "$0")/../.." || exit 1
new=$(mktemp -d) || exit 1
trap 'rm -rf "$new"' EXIT
failed=0

verdict() { # NAME STATUS: the reason is in $new/why
	if [ "$2" -eq 0 ]; then
		echo "ok $1"
	else
		echo "not ok $1"
		sed 's/^/  /' "$new/why" | head -40
		failed=1
	fi
}

check() { # NAME COMMAND...
	name=$1
	shift
	"$@" >"$new/why" 2>&1
	verdict "$name" $?
}

silent() { # COMMAND...: succeeds and prints nothing
	said=$("$@" 2>&1) && [ -z "$said" ] && return
	printf '%s\n' "$said"
	return 1
}

check "generated: written" sh tests/cli/regenerate.sh "$binary" "$new"
for file in "$new"/man/*.[15] "$new"/completions/* "$new"/templates/*; do
	check "generated: ${file#"$new"/} is up to date" diff -u "${file#"$new"/}" "$file"
done
for file in man/meshctl*.[15] completions/*; do
	check "generated: $file has a command" test -e "$new/$file"
done

for file in "$new"/man/*.[15]; do
	check "mandoc: ${file##*/}" silent mandoc -Tlint -W warning "$file"
	check "width: ${file##*/}" silent awk 'length > 100 { print FILENAME ":" FNR ": " length " columns"; bad = 1 } END { exit bad }' "$file"
done
check "bash -n" silent bash -n "$new/completions/meshctl.bash"
check "zsh -n" silent zsh -n "$new/completions/_meshctl"
check "fish -n" silent fish -n "$new/completions/meshctl.fish"
for page in help $("$binary" __commands); do
	"$binary" help "$page" >"$new/page"
	check "width: meshctl help $page" silent awk 'length > 100 { print; bad = 1 } END { exit bad }' "$new/page"
done
python3 tests/cli/completion.py "$new/completions" || failed=1
python3 tests/cli/streams.py "$binary" || failed=1
exit $failed
