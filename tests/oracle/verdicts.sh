#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds imported policies against the tools that they were written for.  Usage: verdicts.sh BUILD
set -eu
exec python3 "$(dirname "$0")/verdicts.py" --binary "$1/meshctl"
