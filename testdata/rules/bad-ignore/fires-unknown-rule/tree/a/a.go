package a

//meshctl:ignore internal-imports -- soon
import _ "example.com/m/c/internal/y"
