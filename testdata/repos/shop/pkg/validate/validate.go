// Package validate adds the shop's own tags to the validator of gin.
package validate

import (
	"regexp"
	"sync"

	"github.com/go-playground/validator/v10"
)

var (
	once  sync.Once
	check *validator.Validate
	phone = regexp.MustCompile(`^(?:\+?86)?1[3-9]\d{9}$|^\+\d{7,14}$`)
)

// Struct checks v by its binding tags.
func Struct(v any) error {
	once.Do(build)
	return check.Struct(v)
}

func build() {
	check = validator.New()
	check.SetTagName("binding")
	Register(check)
}

// Register is also called on gin's engine by bootstrap.
func Register(v *validator.Validate) {
	_ = v.RegisterValidation("cnphone", func(fl validator.FieldLevel) bool { return phone.MatchString(fl.Field().String()) })
	_ = v.RegisterValidation("orderstatus", func(fl validator.FieldLevel) bool { return knownStatus(fl.Field().Int()) })
}
