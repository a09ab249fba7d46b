// Deprecated: a test.
module "example.com/m"

go 1.25.0

toolchain go1.25.3

godebug default=go1.21

require (
	example.com/a v1.2.3 // indirect
	gopkg.in/yaml.v3 v3.0.1
)

exclude example.com/a v1.2.2

retract [v1.0.0, v1.1.0] // bad

tool example.com/a/cmd

ignore ./node_modules
