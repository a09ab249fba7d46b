module std

go 1.21
