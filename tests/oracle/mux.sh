#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds what a service serves against net/http's ServeMux.  Usage: mux.sh BUILD [COUNT]
set -eu
build=$(cd "$1" && pwd)
count=${2:-50000}
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export GOFLAGS= GOWORK=off GO111MODULE=off GOTOOLCHAIN=local GOEXPERIMENT=
go build -o "$tmp/reference" tests/oracle/mux/main.go
"${CC:-cc}" -std=c17 -O1 -I. -o "$tmp/driver" tests/oracle/mux/mux_driver.c analyzers/services/serves.c
"$tmp/reference" "$count" >"$tmp/requests"
"$tmp/driver" <"$tmp/requests"
