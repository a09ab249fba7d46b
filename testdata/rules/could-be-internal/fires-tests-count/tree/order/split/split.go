package split
