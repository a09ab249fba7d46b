package d

import (
	//meshctl:ignore MC110 -- until y is public
	// The import itself:
	_ "example.com/m/c/internal/y"
)
