package low6
