package low23
