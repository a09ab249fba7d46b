package util

import _ "example.com/shop/pkg/log/sink"
