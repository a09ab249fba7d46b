#!/bin/sh
# SPDX-License-Identifier: MIT
# schemas.sh BUILD - the rows of analyzers/mesh/schemas.def are those of the packages, and judge as these do.
set -eu
python3 tests/oracle/gen_schemas.py "$1"
exec python3 tests/oracle/schema_mutations.py "$1"
