package low21
