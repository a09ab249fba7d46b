git init -q -b main src
printf 'module ex.com/m\n\ngo 1.22\n' >src/go.mod
printf 'package m\n' >src/m.go
git -C src add -A
GIT_AUTHOR_DATE=2026-01-05T12:00:00Z GIT_COMMITTER_DATE=2026-01-05T12:00:00Z git -C src commit -q -m one
git clone -q --bare src bare
