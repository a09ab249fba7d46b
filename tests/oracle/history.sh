#!/bin/sh
# SPDX-License-Identifier: MIT
# history.sh BUILD - meshctl history against git log and code-maat's definitions.
exec python3 tests/oracle/history.py --build "$1"
