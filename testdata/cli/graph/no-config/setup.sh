echo 'module m' >go.mod
echo 'package m' >m_plan9.go
