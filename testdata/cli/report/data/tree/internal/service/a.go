package service

import _ "example.com/m/pkg/util"
