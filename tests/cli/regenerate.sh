#!/bin/sh
# SPDX-License-Identifier: MIT
# regenerate.sh BINARY [FOLDER] - writes man/, completions/ and the schema of the policy from the
# tables in the binary, below FOLDER (default: the checkout). A page whose command is gone goes.
set -eu
binary=$(realpath "${1:?usage: regenerate.sh BINARY [FOLDER]}")
into=$(realpath "${2:-$(dirname "$0")/../..}")

"$binary" --version >/dev/null
mkdir -p "$into/man" "$into/completions" "$into/templates"
rm -f "$into"/man/meshctl-*.1
"$binary" __man >"$into/man/meshctl.1"
"$binary" __man meshctl.yaml >"$into/man/meshctl.yaml.5"
"$binary" policy schema >"$into/templates/meshctl.schema.json"
commands=$("$binary" __commands)
for command in $commands; do
	"$binary" __man "$command" >"$into/man/meshctl-$command.1"
done
"$binary" completion bash >"$into/completions/meshctl.bash"
"$binary" completion zsh >"$into/completions/_meshctl"
"$binary" completion fish >"$into/completions/meshctl.fish"
