package low19
