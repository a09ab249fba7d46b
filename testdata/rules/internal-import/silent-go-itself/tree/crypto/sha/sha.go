package sha

import "crypto/internal/fips140/sha"
