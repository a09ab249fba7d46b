package low15
