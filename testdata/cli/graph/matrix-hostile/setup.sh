# Folders whose names hurt terminals, columns and DOT.  Go refuses to import them; they import.
echo 'module m' >go.mod
mkdir ok
echo 'package ok' >ok/ok.go
for name in "$(printf 'esc\033[31m')" "$(printf 'new\nline\ttab')" 'quote"d' 'back\N\slash\' '<b>html' \
	"$(printf 'bad\377utf')" '&lt;'; do
	mkdir "$name"
	echo 'package p; import _ "m/ok"' >"$name/p.go"
done
