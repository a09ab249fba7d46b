printf "module ex.com/u\n" >go.mod
printf "package u\n" >u.go
