package axb
