package low8
