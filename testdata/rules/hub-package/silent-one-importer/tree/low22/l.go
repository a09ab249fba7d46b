package low22
