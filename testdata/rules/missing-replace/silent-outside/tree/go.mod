module example.com/m

go 1.21

replace example.com/a => ../not/ours/to/see
