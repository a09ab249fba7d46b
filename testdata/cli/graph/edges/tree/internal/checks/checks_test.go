package checks

import "example.com/shop/internal/dao"

var save = dao.Save
