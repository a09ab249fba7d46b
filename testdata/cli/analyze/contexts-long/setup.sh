# Names wider than their column, on both sides.
printf 'module example.com/m\n\ngo 1.21\n' >go.mod
one=reconciliation_of_accounts two=notification_preferences three=warehouse_replenishment
for layer in service model; do
	for name in $one $two $three; do
		mkdir -p $layer/$name
		printf 'package p\n' >$layer/$name/p.go
	done
done
printf 'package p\n\nimport _ "example.com/m/model/%s"\nimport _ "example.com/m/model/%s"\n' $two $three >service/$one/q.go
printf 'package p\n\nimport _ "example.com/m/model/%s"\n' $one >service/$two/q.go
printf 'package p\n\nimport _ "example.com/m/model/%s"\n' $one >service/$three/q.go
