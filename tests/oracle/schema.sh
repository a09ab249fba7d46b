#!/bin/sh
# SPDX-License-Identifier: MIT
# schema.sh BUILD - real JSON reports against the JSON Schema that is shipped.
exec python3 tests/oracle/schema.py --binary "$1/meshctl"
