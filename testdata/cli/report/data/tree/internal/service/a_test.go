package service_test

import _ "example.com/m/internal/dao"
