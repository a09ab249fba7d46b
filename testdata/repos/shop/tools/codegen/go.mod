module github.com/acme/shop/tools/codegen

go 1.22
