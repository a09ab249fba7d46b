package low2
