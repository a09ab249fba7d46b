module x.org/m

go 1.22
