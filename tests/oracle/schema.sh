#!/bin/sh
# SPDX-License-Identifier: MIT
# schema.sh BUILD - real JSON reports against the JSON Schema that is shipped.
# Debian's module belongs to Debian's Python, which need not be the first one.
for python in python3 /usr/bin/python3; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
done
exec "$python" tests/oracle/schema.py --binary "$1/meshctl"
