package domain

import (
	_ "example.com/ferry/common"
)
