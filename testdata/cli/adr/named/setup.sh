mkdir -p doc/adr pkg/a/adr
printf 'module ex.com/m\n\ngo 1.22\n' >go.mod
printf 'package m\n' >m.go
printf 'project:\n  adrFolder: ./doc/adr\npackages:\n  - name: a\n    adrFolder: ./pkg/a/adr\n  - name: b\n    adrFolder: ./pkg/b/adr\n' >.log4brains.yml
printf '# A\n\n- Status: accepted\n' >doc/adr/20260101-a.md
printf '# B\n\n- Status: draft\n' >pkg/a/adr/20260102-b.md
