package low4
