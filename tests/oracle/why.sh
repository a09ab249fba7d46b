#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds `meshctl why` and `meshctl metrics` against plain Python over the edges that `meshctl graph`
# prints, on Go's standard library and commands.  Usage: why.sh BUILD
set -eu
exec python3 "$(dirname "$0")/why.py" --binary "$1/meshctl"
