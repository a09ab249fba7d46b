module reference

go 1.22

require (
	github.com/fzipp/gocyclo v0.6.0
	github.com/uudashr/gocognit v1.2.0
)

require golang.org/x/tools v0.23.0 // indirect
