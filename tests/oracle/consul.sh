#!/bin/sh
# SPDX-License-Identifier: MIT
# Decodes what `mesh generate --target consul` writes with the structs of Consul's own Go package,
# where an unknown member is an error.  Usage: consul.sh BUILD [TREE...]
# Needs Go and its module proxy; the program is kept in BUILD/cache.
set -eu
build=$(cd "$1" && pwd)
shift
cd "$(dirname "$0")/../.."
command -v go >/dev/null || { echo "ok consul # SKIP no go command"; exit 0; }
export GOFLAGS=-mod=mod GOWORK=off GOTOOLCHAIN=local
program=$build/cache/consul-api-1.28.2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
if [ ! -x "$program" ] || [ tests/oracle/consul/main.go -nt "$program" ]; then
	cp tests/oracle/consul/main.go "$tmp"
	(cd "$tmp" && go mod init consul && go get github.com/hashicorp/consul/api@v1.28.2 \
		github.com/hashicorp/hcl@v1.0.0 github.com/mitchellh/mapstructure@v1.5.0) \
		>"$tmp/log" 2>&1 || { echo "ok consul # SKIP its Go package cannot be got"; exit 0; }
	mkdir -p "$build/cache"
	(cd "$tmp" && go build -o "$program" .)
fi
[ $# -gt 0 ] || set -- testdata/repos/shop testdata/cli/mesh/generate-guards/tree \
	testdata/cli/mesh/generate-release/tree
n=0
for tree; do
	n=$((n + 1))
	"$build/meshctl" -C "$tree" mesh generate -q --target consul -o "$tmp/out/$n" >/dev/null
done
cd "$tmp"
find out -name '*.hcl' | LC_ALL=C sort | xargs "$program"
