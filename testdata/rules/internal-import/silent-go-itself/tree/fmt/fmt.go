package fmt

import "internal/abi"
