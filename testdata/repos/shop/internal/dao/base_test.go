package dao

import (
	"errors"
	"testing"

	"gorm.io/gorm"

	"github.com/acme/shop/pkg/errs"
)

func TestTranslate(t *testing.T) {
	for err, want := range map[error]errs.Code{
		gorm.ErrRecordNotFound:                               errs.NotFound,
		errors.New("Error 1062: Duplicate entry 'a'"):        errs.Conflict,
		errors.New("Error 1213: Deadlock found when trying"): errs.Unavailable,
		errors.New("boom"):                                   errs.Internal,
	} {
		if got := errs.CodeOf(Translate(err, "t")); got != want {
			t.Errorf("%v: %d, want %d", err, got, want)
		}
	}
	if Translate(nil, "t") != nil {
		t.Error("nil must stay nil")
	}
}
