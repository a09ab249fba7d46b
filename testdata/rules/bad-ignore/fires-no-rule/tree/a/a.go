package a

//meshctl:ignore -- soon
import _ "example.com/m/c/internal/y"
