//meshctl:domain=rest
package a
