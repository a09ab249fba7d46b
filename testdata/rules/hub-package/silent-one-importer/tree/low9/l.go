package low9
