module x.y/z

go 1.20
