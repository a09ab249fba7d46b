#!/bin/sh
# SPDX-License-Identifier: MIT
# policy_schema.sh BUILD - the JSON Schema of the policy and the reader accept and refuse the same.
for python in python3 /usr/bin/python3; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
done
exec "$python" tests/oracle/policy_schema.py --binary "$1/meshctl"
