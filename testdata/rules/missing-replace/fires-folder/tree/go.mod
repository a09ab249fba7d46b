module example.com/m

go 1.21

require example.com/gone v1.0.0

replace example.com/gone => ./gone
