package low13
