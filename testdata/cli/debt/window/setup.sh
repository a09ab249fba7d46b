# Who wrote a file long ago is in the cache, or not: what the last twelve months say may not differ.
git init -q -b main
at() {
	git add -A
	GIT_AUTHOR_NAME=$2 GIT_AUTHOR_EMAIL="$2@ex.com" GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" \
		git commit -q -m "$2"
}
printf 'module ex.com/m\n\ngo 1.22\n' >go.mod
{
	printf 'package m\n\nfunc F(x int) int {\n'
	for i in 1 2 3 4 5 6 7 8 9; do
		printf '\tif x > %s {\n\t\tfor x > 9 {\n\t\t\tx--\n\t\t}\n\t}\n' "$i"
	done
	printf '\treturn x\n}\n'
} >m.go
at 2023-01-05 ann
# More than are read beyond the window without a cache.
tip=$(git rev-parse HEAD)
for i in $(seq 70); do
	printf 'commit refs/heads/main\ncommitter dan <d@ex.com> %s +0000\ndata 1\nx\n%s\n' $((1700000000 + i)) "${tip:+from $tip}"
	tip=
done | git fast-import --quiet --force
echo '// ann' >>m.go
at 2026-02-04 ann
for i in 1 2 3; do
	echo "// $i" >>m.go
	at 2026-02-05 bob
done
