#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds syntax_parse() against go/parser.  Usage: syntax.sh BUILD
set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
GO111MODULE=off GOFLAGS= GOWORK=off GOTOOLCHAIN=local go build -o "$tmp/reference" tests/oracle/syntax/main.go
ar rc "$tmp/lib.a" "$build"/base/*.o "$build"/graph/source/*.o "$build"/ts/*.o
# shellcheck disable=SC2046
${CC:-cc} -std=c17 -O2 -I. ${SAN:+-fsanitize=$SAN} -o "$tmp/driver" tests/oracle/syntax/driver.c "$tmp/lib.a" \
	$(pkg-config --libs libgit2 zlib libcjson) -lpthread -lm
python3 tests/oracle/syntax.py --reference "$tmp/reference" --driver "$tmp/driver"
