git init -q -b main
printf 'module ex.com/m\n\ngo 1.22\n' >go.mod
mkdir a
for i in 1 2 3; do
	printf 'package a\n\nfunc F%s(x bool) int {\n\tif x {\n\t\treturn 1\n\t}\n\treturn 2\n}\n' "$i" >>a/a.go
	sed -i '2,$s/^package a$//' a/a.go
	git add -A
	tree=$(git write-tree)
	# A clock that git itself would not set: the last second that 64 bits can say.
	tip=$(printf 'tree %s\n%sauthor T <t@ex.com> 9223372036854775807 +0000\ncommitter T <t@ex.com> 9223372036854775807 +0000\n\nfix %s\n' \
		"$tree" "${tip:+parent $tip
}" "$i" | git hash-object -t commit -w --literally --stdin)
done
git update-ref refs/heads/main "$tip"
