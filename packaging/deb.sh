#!/bin/sh
# SPDX-License-Identifier: MIT
#
# deb.sh WORK VERSION OUT - makes a Debian package of WORK/root, where `make install PREFIX=/usr` put
# its files; what it depends on is what dpkg-shlibdeps says.  Reproducible: dates are SOURCE_DATE_EPOCH.
set -eu
work=$1 version=$2 out=$3
here=$(dirname "$0")
root=$work/root
doc=$root/usr/share/doc/meshctl
arch=$(dpkg --print-architecture)
day=$(LC_ALL=C date -u -R -d "@${SOURCE_DATE_EPOCH:?}")

# Debian's places and habits.
mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
rm -f "$doc/LICENSE"
{ cat "$here/deb/copyright"; sed 's/^ *$/./; s/^/ /' "${TS_DIR:?}/src/unicode/LICENSE"; } >"$doc/copyright"
{
	printf 'meshctl (%s) unstable; urgency=medium\n\n  * Version %s.\n\n' "$version" "$version"
	printf ' -- meshctl maintainers <maintainers@meshctl.invalid>  %s\n' "$day"
} | gzip -9n >"$doc/changelog.gz"
find "$root/usr/share/man" -type f -exec gzip -9n {} +
strip --remove-section=.comment --remove-section=.note "$root/usr/bin/meshctl"

# dpkg-shlibdeps looks for a source package; this is all that it asks of one.
mkdir -p "$work/debian" "$root/DEBIAN"
printf 'Source: meshctl\n\nPackage: meshctl\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/meshctl 2>shlibdeps.log | sed -n 's/^shlibs:Depends=//p') ||
	{ cat "$work/shlibdeps.log" >&2; exit 1; }
[ -n "$depends" ] || { cat "$work/shlibdeps.log" >&2; exit 1; }
find "$root" -type d -exec chmod 755 {} +
size=$(find "$root/usr" -type f -printf '%s\n' | awk '{ n += int(($1 + 1023) / 1024) } END { print n }')
sed -e "s|@VERSION@|$version|" -e "s|@ARCH@|$arch|" -e "s|@SIZE@|$size|" -e "s|@DEPENDS@|$depends|" \
	"$here/deb/control.in" >"$root/DEBIAN/control"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$root/DEBIAN/md5sums"
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/md5sums"
mkdir -p "$out"
deb=$out/meshctl_${version}_$arch.deb
# dpkg-deb takes SOURCE_DATE_EPOCH for what is newer than it.
dpkg-deb --root-owner-group -Zxz -b "$root" "$deb" >/dev/null
echo "$deb: $(du -k "$deb" | cut -f1) KB, depends on $depends"
