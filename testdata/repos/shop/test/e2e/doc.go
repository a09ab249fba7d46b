// Package e2e is empty without the tag e2e.
package e2e
