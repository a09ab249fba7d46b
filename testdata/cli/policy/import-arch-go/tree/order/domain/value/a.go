package value

import _ "example.com/shop/kernel"

import _ "fmt"
