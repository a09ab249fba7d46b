#!/bin/sh
# SPDX-License-Identifier: MIT
# bundle.sh LAYOUT SHELL STYLE SCRIPT... - the page of `meshctl report` on standard output: SHELL with
# everything in it, and in its content security policy the hash of each part, so that the page runs
# that and nothing else.  LAYOUT is the library that lays graphs out.
set -eu
layout=$1 shell=$2 style=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

digest() {
	if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi
}
# 'sha256-...': the digest's hex digits as bytes, as base64.
hash_of() {
	octal=$(digest <"$1" | awk '{ for (i = 1; i < 64; i += 2) printf "\\%03o",
		(index("0123456789abcdef", substr($1, i, 1)) - 1) * 16 + index("0123456789abcdef", substr($1, i + 1, 1)) - 1 }')
	# shellcheck disable=SC2059
	printf "'sha256-%s'" "$(printf "$octal" | base64)"
}

cp "$style" "$work/style"
{ echo '/* @dagrejs/dagre, MIT licence, Copyright (c) 2012-2014 Chris Pettitt; see the foot of the page */'
  sed '/^\/\/# sourceMappingURL=/d' "$layout"; } >"$work/layout"
{ echo '"use strict";'; echo '(() => {'; cat "$@"; echo '})();'; } >"$work/script"
# What would end its element is not put into one.
for part in style layout script; do
	if grep -qi "</$part\|</script\|<!--" "$work/$part"; then
		echo "bundle.sh: '$part' would end its element" >&2
		exit 1
	fi
done
scripts="$(hash_of "$work/layout") $(hash_of "$work/script")"
styles=$(hash_of "$work/style")
while IFS= read -r line; do
	case $line in
	*@SCRIPTS@*) printf '%s\n' "$line" | sed "s|@SCRIPTS@|$scripts|; s|@STYLES@|$styles|" ;;
	'<style>'*) printf '<style>'; cat "$work/style"; echo '</style>' ;;
	*@LAYOUT@*) printf '<script>'; cat "$work/layout"; echo '</script>' ;;
	*@SCRIPT@*) printf '<script>'; cat "$work/script"; echo '</script>' ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$shell"
