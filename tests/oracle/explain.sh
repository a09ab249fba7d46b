#!/bin/sh
# SPDX-License-Identifier: MIT
# explain.sh BUILD - what explain says of imports against what analyze finds.
# Debian's module belongs to Debian's Python, which need not be the first one.
for python in python3 /usr/bin/python3; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
done
exec "$python" tests/oracle/explain.py --binary "$1/meshctl"
