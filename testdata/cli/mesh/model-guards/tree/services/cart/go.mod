module ex.com/cart

go 1.26
