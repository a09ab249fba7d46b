package a

//meshctl:ignore internal-import, MC111  --  two rules, more space
import _ "example.com/m/c/internal/y"
