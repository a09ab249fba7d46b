package low18
