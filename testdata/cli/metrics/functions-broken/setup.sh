mkdir many
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	printf 'package many\n\nfunc f%s() {\n\tx := }\n}\n' $i >many/f$i.go
done
ln -s nowhere many/link.go
