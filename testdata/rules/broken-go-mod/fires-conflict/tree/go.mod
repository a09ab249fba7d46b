module example.com/m

go 1.21

require (
<<<<<<< HEAD
	example.com/a v1.2.0
=======
	example.com/a v1.3.0
>>>>>>> topic
)
