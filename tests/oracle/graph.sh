#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds `meshctl graph` against the imports that `go list` prints.  Usage: graph.sh BUILD
set -eu
exec python3 "$(dirname "$0")/graph.py" --binary "$1/meshctl"
