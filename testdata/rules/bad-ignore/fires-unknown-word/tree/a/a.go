//meshctl:ingore internal-import -- soon
package a
