package low14
