module example.com/m/tools

go 1.21

require (
	example.com/a v1.2.3
	example.com/c v1.0.0
)

replace (
	example.com/a v1.2.3 => ./a
	example.com/m => ../
	example.com/c => ../empty
)
