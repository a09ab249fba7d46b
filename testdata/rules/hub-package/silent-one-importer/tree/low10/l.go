package low10
