package plan9

import _ "example.com/shop/internal/dao"
