#!/bin/sh
# SPDX-License-Identifier: MIT
#
# libraries.sh ACTION ... - the libraries of the portable program.
#   flags           linker words: the archive of each library that has one here, else the shared library
#   bundle BINARY   the files of the shared libraries that BINARY needs and that are not of the C library
#   licences DIR BINARY  the licences of what is inside, from the Debian packages that it came from
# PORTABLE_STATIC= (empty) uses no archive: for systems whose libgit2.a is not that of Debian 12.
set -eu
cc=${CC:-cc}
# name of lib*.a|how it is linked otherwise, in the order in which they need each other
rows='git2|-lgit2
yaml|-lyaml
pcre2-8|-lpcre2-8
lmdb|-llmdb
mbedcrypto|
http_parser|
z|-lz
cjson|-lcjson
cgraph|-lcgraph
cdt|-lcdt'

archive() {             # its path, or nothing
	[ "${PORTABLE_STATIC-1}" ] || return 0
	file=$($cc -print-file-name="lib$1.a")
	case $file in /*) echo "$file" ;; esac
}

flags() {
	echo "$rows" | while IFS='|' read -r name shared; do
		file=$(archive "$name")
		printf '%s ' "${file:-$shared}"
	done
	echo
}

# What comes with the C library is the host's: it must fit its kernel and its name services.
bundle() {
	ldd "$1" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' |
		grep -Ev '/(libc|libm|libpthread|libdl|librt|libresolv)\.so\.' | LC_ALL=C sort
}

package_of() {          # the Debian package that a file came from
	dpkg-query -S "*/$(basename "$(readlink -f "$1")")" 2>/dev/null | sed -n '1s/:.*//p'
}

licences() {            # DIR BINARY
	list=$1/libraries
	echo "What is inside, and where its sources are (name, how, Debian package, version, source):" >"$list"
	{
		echo "$rows" | while IFS='|' read -r name shared; do
			file=$(archive "$name")
			[ -z "$file" ] || echo "$name static $file"
		done
		bundle "$2" | while read -r file; do echo "$(basename "$file") shared $file"; done
	} | while read -r name how file; do
		package=$(package_of "$file")
		if [ -z "$package" ]; then
			echo "packaging: no package owns '$file': its licence is not known" >&2
			exit 1
		fi
		cp -L "/usr/share/doc/$package/copyright" "$1/$name.copyright"
		dpkg-query -W -f "$name $how \${Package} \${Version} \${source:Package}\n" "$package" >>"$list"
	done
}

case ${1-} in
flags) flags ;;
bundle) bundle "$2" ;;
licences) licences "$2" "$3" ;;
*) echo "usage: libraries.sh flags | bundle BINARY | licences DIR BINARY" >&2; exit 2 ;;
esac
