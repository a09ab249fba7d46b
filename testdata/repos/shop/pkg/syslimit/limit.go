// Package syslimit raises the limit of open files at start.
package syslimit

// Limits of the process as far as the system tells.
type Limits struct {
	Open uint64
	Max  uint64
}
