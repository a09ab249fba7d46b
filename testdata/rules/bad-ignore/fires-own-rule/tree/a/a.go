//meshctl:ignore unused-ignore -- who watches the watchmen
package a
