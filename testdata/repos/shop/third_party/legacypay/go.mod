module github.com/acme/legacypay

go 1.18
