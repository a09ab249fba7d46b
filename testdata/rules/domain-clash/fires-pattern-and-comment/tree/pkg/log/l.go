// domain: order
package log
