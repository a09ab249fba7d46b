#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh PREFIX FILE... - C source: the bytes of each file as PREFIX_name_text, PREFIX_name_len.
set -eu
prefix=$1
shift
echo '/* Written by templates/embed.sh. */'
echo '#include <stddef.h>'
for file in "$@"; do
	name=$(basename "$file")
	name=${prefix}_$(printf %s "${name%.*}" | tr -c a-zA-Z0-9 _)
	echo "extern const unsigned char ${name}_text[];"
	echo "extern const size_t ${name}_len;"
	echo "const unsigned char ${name}_text[] = {"
	od -An -v -tx1 "$file" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo "0 };"
	echo "const size_t ${name}_len = sizeof(${name}_text) - 1;"
done
