//go:build linux &&

package e
