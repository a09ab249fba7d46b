package errs

import (
	"errors"
	"fmt"
)

// Error carries a code, a message for people and the cause.
type Error struct {
	Code  Code
	Msg   string
	cause error
}

func New(code Code, msg string) *Error { return &Error{Code: code, Msg: msg} }

func Newf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Msg: fmt.Sprintf(format, args...)}
}

// Wrap returns nil for a nil cause, so that it can end a function.
func Wrap(cause error, code Code, msg string) error {
	if cause == nil {
		return nil
	}
	return &Error{Code: code, Msg: msg, cause: cause}
}

func (e *Error) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("%d: %s", e.Code, e.Msg)
	}
	return fmt.Sprintf("%d: %s: %v", e.Code, e.Msg, e.cause)
}

func (e *Error) Unwrap() error { return e.cause }

// CodeOf finds the outermost code; an unknown error is Internal.
func CodeOf(err error) Code {
	if err == nil {
		return OK
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Is looks through the whole chain, not only at the outermost error.
func Is(err error, code Code) bool {
	for err != nil {
		var e *Error
		if !errors.As(err, &e) {
			return false
		}
		if e.Code == code {
			return true
		}
		err = e.cause
	}
	return false
}
