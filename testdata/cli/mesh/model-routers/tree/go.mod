module ex.com/routers

go 1.26
