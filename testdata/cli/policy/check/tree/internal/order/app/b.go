// domain: user
package b
