module example.com/m

go 1.20.3

toolchain go1.24.1

godebug default=go1.20

tool example.com/m/gen

ignore ./node_modules
