package a

//meshctl:ignore internal-import -- was needed once
import _ "example.com/m/b"
