// domain: order
package order
