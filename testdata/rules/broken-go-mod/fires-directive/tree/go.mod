module example.com/m

go 1.21

requires example.com/a v1.0.0
