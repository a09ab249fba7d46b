module ex.com/web

go 1.26
