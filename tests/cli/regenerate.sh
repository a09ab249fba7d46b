#!/bin/sh
# SPDX-License-Identifier: MIT
# regenerate.sh BINARY [FOLDER] - writes man/ and completions/ from the tables in the binary, below
# FOLDER (default: the checkout). A page whose command is gone is removed.
set -eu
binary=$(realpath "${1:?usage: regenerate.sh BINARY [FOLDER]}")
into=$(realpath "${2:-$(dirname "$0")/../..}")

"$binary" --version >/dev/null
mkdir -p "$into/man" "$into/completions"
rm -f "$into"/man/meshctl-*.1
"$binary" __man >"$into/man/meshctl.1"
commands=$("$binary" __commands)
for command in $commands; do
	"$binary" __man "$command" >"$into/man/meshctl-$command.1"
done
"$binary" completion bash >"$into/completions/meshctl.bash"
"$binary" completion zsh >"$into/completions/_meshctl"
"$binary" completion fish >"$into/completions/meshctl.fish"
