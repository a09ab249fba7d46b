module ex.com/stock

go 1.26
