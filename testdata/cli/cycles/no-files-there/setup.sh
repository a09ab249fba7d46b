# On Windows package b is nothing but its external tests: nobody can import it there.
mkdir a b
printf 'module example.com/m\n\ngo 1.21\n' >go.mod
printf 'package a\n\nimport _ "example.com/m/b"\n' >a/a.go
printf 'package b\n' >b/b_linux.go
printf 'package b_test\n\nimport _ "example.com/m/a"\n' >b/b_windows_test.go
