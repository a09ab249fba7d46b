package low16
