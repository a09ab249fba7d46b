//meshctl:domain=other
package a
