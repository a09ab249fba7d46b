package kit

import "testing"
