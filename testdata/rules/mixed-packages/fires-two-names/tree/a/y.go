// Package b is another one.
package b
