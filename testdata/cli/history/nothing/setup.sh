mkdir m; printf "module ex.com/m\n" > m/go.mod; echo "package m" > m/m.go
