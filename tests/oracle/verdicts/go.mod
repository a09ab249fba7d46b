module reference

go 1.24.0

require (
	github.com/OpenPeeDeeP/depguard/v2 v2.2.1
	github.com/arch-go/arch-go v1.7.0
	github.com/fe3dback/go-arch-lint v1.13.0
	github.com/roblaszczak/go-cleanarch v1.2.1
	golang.org/x/tools v0.37.0
	k8s.io/kubernetes v1.34.1
)

require github.com/gobwas/glob v0.2.3 // indirect
