package low11
