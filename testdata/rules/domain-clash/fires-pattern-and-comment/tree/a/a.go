// domain: rest
package a
