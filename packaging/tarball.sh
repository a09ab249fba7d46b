#!/bin/sh
# SPDX-License-Identifier: MIT
#
# tarball.sh STAGE NAME OUT - packs STAGE/NAME, where `make install` put its files and the portable
# program is bin/meshctl, as OUT: with the shared libraries that have no archive and with the licences
# of all that is inside.  Reproducible: sorted, no owner, the commit's date.
set -eu
stage=$1 name=$2 out=$3
here=$(dirname "$0")
top=$stage/$name
binary=$top/bin/meshctl
doc=$top/share/doc/meshctl

mkdir -p "$top/lib/meshctl" "$doc/licences"
# While nothing is beside the program yet, all of it is found among the packages of the system.
sh "$here/libraries.sh" licences "$doc/licences" "$binary"
for file in $(sh "$here/libraries.sh" bundle "$binary"); do
	cp -L "$file" "$top/lib/meshctl/$(basename "$file")"
	strip --strip-unneeded "$top/lib/meshctl/$(basename "$file")"
done
rmdir "$top/lib/meshctl" 2>/dev/null && rmdir "$top/lib" || :
cp -R "$here/../templates/policy" "$here/../templates/ci" "$top/share/meshctl/"
cp "${TS_DIR:?}/../../../LICENSE" "$doc/licences/tree-sitter.copyright"
cp "${GRAMMAR_DIR:?}/../LICENSE" "$doc/licences/tree-sitter-go.copyright"
cp "${LAYOUT_JS:?}.LEGAL.txt" "$doc/licences/dagre.copyright"
cp "$TS_DIR/src/unicode/LICENSE" "$doc/licences/icu.copyright"
cat >"$doc/INSTALL" <<END
Unpack it anywhere; bin/meshctl finds what it needs from where it is:
  tar -xzf $(basename "$out") --strip-components=1 -C /usr/local
share/doc/meshctl/licences names what is inside, with its licences and the packages of its sources.
END
find "$top" -type d -exec chmod 755 {} +
find "$top" -type f -exec chmod 644 {} +
chmod 755 "$binary"
mkdir -p "$(dirname "$out")"
tar -c -C "$stage" --format=ustar --sort=name --owner=0 --group=0 --numeric-owner \
	--mtime="@${SOURCE_DATE_EPOCH:?}" "$name" | gzip -9n >"$out.tmp"
mv "$out.tmp" "$out"
(cd "$(dirname "$out")" && sha256sum "$(basename "$out")" >"$(basename "$out").sha256")
glibc=$(readelf -V "$binary" "$top"/lib/meshctl/* 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | LC_ALL=C sort -Vu | tail -n 1)
echo "$out: $(du -k "$out" | cut -f1) KB, program $(du -k "$binary" | cut -f1) KB, needs glibc ${glibc#GLIBC_} or newer"
