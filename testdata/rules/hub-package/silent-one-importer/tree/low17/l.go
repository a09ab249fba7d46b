package low17
