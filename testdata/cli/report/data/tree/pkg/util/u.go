package util

import _ "example.com/m/internal/other"
