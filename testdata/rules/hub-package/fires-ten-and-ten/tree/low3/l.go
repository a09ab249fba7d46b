package low3
