module example.com/m

go 1.21

require example.com/a v1.0.0

replace example.com/a => ./third_party/a

replace example.com/b => example.com/fork v1.2.3
