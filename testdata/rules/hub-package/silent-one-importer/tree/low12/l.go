package low12
