// domain: user
package order
