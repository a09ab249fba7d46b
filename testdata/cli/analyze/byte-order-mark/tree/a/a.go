package a; import _ "ex.com/m/x"
