package low20
