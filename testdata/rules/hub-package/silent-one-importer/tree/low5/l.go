package low5
