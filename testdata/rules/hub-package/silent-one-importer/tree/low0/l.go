package low0
