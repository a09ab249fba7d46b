module shop

go 1.13

require (
	corp/lib v1.0.0
	old v1.0.0
)

replace old => ./old
