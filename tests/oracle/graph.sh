#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds `meshctl graph` against the imports that `go list` prints.  Usage: graph.sh BUILD
set -eu
# Debian's module belongs to Debian's Python, which need not be the first one.
for python in python3 /usr/bin/python3; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
done
exec "$python" "$(dirname "$0")/graph.py" --binary "$1/meshctl"
