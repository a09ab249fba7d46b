module ex.com/registry

go 1.26
