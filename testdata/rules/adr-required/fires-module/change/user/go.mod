module example.com/m/user

go 1.22
