#!/bin/sh
# SPDX-License-Identifier: MIT
#
# install.sh [--verify] SET... - gets what the build (SET build) and the tests (SET check) need.
#
# Says what it will run before it runs it; does nothing, and needs no network, when nothing is
# missing.  --verify installs nothing: it names what is missing and fails.  Only Debian's apt is
# driven; elsewhere the names are printed for the reader to install.
set -u
verify=
[ "${1-}" = --verify ] && { verify=1; shift; }
sets=" $* "
ts_dir=${TS_DIR:-third_party/node_modules/tree-sitter/vendor/tree-sitter/lib}
grammar_dir=${GRAMMAR_DIR:-third_party/node_modules/tree-sitter-go/src}
layout_js=${LAYOUT_JS:-third_party/node_modules/@dagrejs/dagre/dist/dagre.min.js}

say() { printf 'meshctl: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
cmd() { command -v "$1" >/dev/null 2>&1; }
lib() { pkg-config --exists "$1" 2>/dev/null; }
header() { printf '#include <%s>\n' "$@" | cc -fsyntax-only -x c - 2>/dev/null; }
fuzzer() {
	t=$(mktemp -d) || return 1
	echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p && n > 9; }' >"$t/f.c"
	clang -fsanitize=fuzzer,address "$t/f.c" -o "$t/f" 2>/dev/null
	r=$?
	rm -rf "$t"
	return $r
}
jsonschema() {
	for python in python3 /usr/bin/python3; do
		"$python" -c 'import jsonschema' 2>/dev/null && return
	done
	return 1
}
networkx() {
	for python in python3 /usr/bin/python3; do
		"$python" -c 'import networkx' 2>/dev/null && return
	done
	return 1
}
python_yaml() { python3 -c 'import yaml' 2>/dev/null; }
chromium() { cmd chromium || cmd chromium-browser || cmd google-chrome-stable || cmd google-chrome; }
gosrc() { cmd go && [ -f "$(go env GOROOT)/src/fmt/print.go" ]; }

# SET|probe|what is missing, as a person calls it|Debian packages, in the order in which they are installed
rows='build|cmd cc|a C compiler|gcc libc6-dev
build|header stdio.h|the C library headers|libc6-dev
build|cmd pkg-config|pkg-config|pkg-config
build|lib libgit2|libgit2|libgit2-dev
build|lib zlib|zlib|zlib1g-dev
build|lib libcjson|cJSON|libcjson-dev
build|lib libcgraph|libcgraph (Graphviz)|libgraphviz-dev
build|lib lmdb|LMDB|liblmdb-dev
build|lib yaml-0.1|libyaml|libyaml-dev
build|lib libpcre2-8|PCRE2|libpcre2-dev
check|cmd python3|python3|python3
check|jsonschema|the jsonschema module of Python|python3-jsonschema
check|python_yaml|the yaml module of Python|python3-yaml
check|networkx|the networkx module of Python|python3-networkx
check|cmd curl|curl|curl
check|cmd xmllint|xmllint|libxml2-utils
check|cmd gvpr|Graphviz|graphviz
check|header stdarg.h stddef.h stdint.h setjmp.h cmocka.h|cmocka|libcmocka-dev
check|cmd clang|clang|clang
check|fuzzer|the sanitizer runtime of clang|libclang-rt-dev
check|cmd clang-tidy|clang-tidy|clang-tidy
check|cmd cppcheck|cppcheck|cppcheck
check|cmd mandoc|mandoc|mandoc
check|cmd bash|bash|bash
check|cmd zsh|zsh|zsh
check|cmd fish|fish|fish
check|gosrc|a Go toolchain with its sources|golang-go
check|cmd git|git|git
check|cmd setpriv|setpriv|util-linux
check|cmd strace|strace|strace
check|cmd node|Node.js|nodejs
check|cmd nginx|nginx|nginx-light
check|cmd promtool|promtool|prometheus
check|chromium|Chromium|chromium'

node_missing() {        # needed only while the sources from npm are not there
	[ -f "$ts_dir/src/lib.c" ] && [ -f "$grammar_dir/parser.c" ] && [ -f "$layout_js" ] || return 0
	case $ts_dir in
	third_party/node_modules/*) [ third_party/package-lock.json -nt third_party/node_modules/.package-lock.json ] ;;
	*) return 1 ;;
	esac
}

names= packages=
old_ifs=$IFS
IFS='
'
for row in $rows; do
	IFS='|'
	set -- $row
	IFS=$old_ifs
	case $sets in *" $1 "*) $2 || { names="$names, $3"; packages="$packages $4"; } ;; esac
done
IFS=$old_ifs
grammar=
case $sets in *" build "*) node_missing && grammar=1 ;; esac

if [ -n "$verify" ]; then
	[ -z "$names$grammar" ] && exit 0
	[ -n "$names" ] && say "${names#, } not found: run 'make deps'"
	[ -n "$grammar" ] && say "the sources from npm are not there or older than package-lock.json: run 'make deps'"
	exit 1
fi
if [ -n "$grammar" ] && ! cmd npm; then
	names="$names, npm"
	cmd node || packages="$packages nodejs"
	packages="$packages npm"
fi

if [ -n "$packages" ]; then
	say "missing: ${names#, }"
	cmd apt-get || die "install these by hand (Debian calls them:$packages), then run make again"
	as_root=
	if [ "$(id -u)" != 0 ]; then
		cmd sudo || die "neither root nor sudo: run as root: apt-get install$packages"
		as_root=sudo
	fi
	packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
	say "will run: ${as_root:+sudo }apt-get update"
	say "will run: ${as_root:+sudo }apt-get install --yes --no-install-recommends $packages"
	# A list that cannot be refreshed need not be one that is needed: the installation decides.
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >&2 || say "apt-get update failed, trying with the lists that are here"
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends $packages >&2 ||
		die "apt-get could not install: $packages"
fi
if [ -n "$grammar" ]; then
	say "will run in third_party: npm ci --ignore-scripts (tree-sitter, its Go grammar and dagre, pinned by package-lock.json)"
	(cd third_party && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || die "npm ci failed in third_party"
	touch third_party/node_modules/.package-lock.json
fi
# What was just installed must be what was missing.
[ -z "$packages$grammar" ] || exec sh "$0" --verify $sets
