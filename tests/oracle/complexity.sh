#!/bin/sh
# SPDX-License-Identifier: MIT
# Holds `meshctl metrics functions` against gocyclo and gocognit.  Usage: complexity.sh BUILD
set -eu
exec python3 "$(dirname "$0")/complexity.py" --binary "$1/meshctl"
