package sha

import "crypto/internal/boring"
