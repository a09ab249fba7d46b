//meshctl:domain=order
package b

// meshctl:ignore is said about here, in prose
