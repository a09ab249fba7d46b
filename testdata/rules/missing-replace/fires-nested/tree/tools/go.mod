module example.com/m/tools

go 1.21

replace (
	example.com/a v1.2.3 => ./a
	example.com/m => ../
	example.com/c => ../empty
)
