# Nothing but tests goes round, so that is the level shown.
printf 'module example.com/m\n\ngo 1.21\n' >go.mod
for i in 0 1 2 3 4; do
	mkdir p$i
	printf 'package p%s\n' $i >p$i/p.go
	printf 'package p%s_test\n\nimport _ "example.com/m/p%s"\n' $i $(((i + 1) % 5)) >p$i/p_test.go
done
