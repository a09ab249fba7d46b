module example.com/m

go 1.25.0

toolchain go1.26.1

tool example.com/m/gen

ignore ./x
