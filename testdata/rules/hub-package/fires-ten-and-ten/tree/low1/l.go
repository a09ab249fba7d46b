package low1
