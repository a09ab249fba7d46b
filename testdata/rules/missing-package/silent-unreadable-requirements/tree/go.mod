module ex.com/m

require corp lib v1
