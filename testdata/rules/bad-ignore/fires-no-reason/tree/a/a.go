package a

//meshctl:ignore internal-import
import _ "example.com/m/c/internal/y"
