module ex.com/orders

go 1.26
