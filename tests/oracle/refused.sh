#!/bin/sh
# SPDX-License-Identifier: MIT
# refused.sh BUILD - imports that Go refuses to build, against the go command.
exec python3 tests/oracle/refused.py --binary "$1/meshctl"
