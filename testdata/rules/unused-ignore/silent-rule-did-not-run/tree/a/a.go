package a

//meshctl:ignore internal-import -- nobody has looked
import _ "example.com/m/b"
