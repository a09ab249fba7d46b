package log

import _ "example.com/shop/pkg/util/text"
