package plan9
