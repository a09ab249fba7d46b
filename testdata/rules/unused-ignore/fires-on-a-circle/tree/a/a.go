package a

//meshctl:ignore import-cycle -- one comment cannot hold a circle
import _ "example.com/m/b/x"
