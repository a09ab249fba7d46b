package desk

import (
	_ "example.com/ferry/test/data"
)
