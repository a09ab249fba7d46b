# A folder a_test beside external tests of a: both would be called a_test.
mkdir a a_test b
echo 'module m' >go.mod
echo 'package a' >a/a.go
echo 'package a_test; import _ "m/b"' >a/x_test.go
echo 'package helpers; import _ "m/a"' >a_test/a.go
echo 'package b' >b/b.go
echo 'package b_test; import _ "m/b"; import _ "m/a_test"' >b/x_test.go
