package low7
