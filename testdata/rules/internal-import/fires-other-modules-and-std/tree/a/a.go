package a

import (
	"github.com/other/lib/internal/x"
	"internal/abi"
	"net/http/internal"
	"fmt"
)
