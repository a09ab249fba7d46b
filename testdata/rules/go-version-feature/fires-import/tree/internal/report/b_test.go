package report_test

import (
	"testing"
	"testing/slogtest"
)
