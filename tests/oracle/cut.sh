#!/bin/sh
# SPDX-License-Identifier: MIT
# Takes the cuts that `meshctl cycles` names out of real trees, and looks again.  Usage: cut.sh BUILD
set -eu
exec python3 "$(dirname "$0")/cut.py" --binary "$1/meshctl"
