/* SPDX-License-Identifier: MIT */
/*
 * err.h - how a function tells its caller what went wrong.
 *
 * A fallible function returns 0, or -1 after filling *err exactly once, at the
 * place that knows the cause.  Callers add context with err_wrap() only when
 * they know something the callee did not; they never print and never retry
 * silently.  Only cmd/main.c prints an err and turns it into an exit status.
 * The text lives inside the struct so that reporting cannot itself fail.
 */
#ifndef MESHCTL_ERR_H
#define MESHCTL_ERR_H

#include "base/base.h"

enum err_code {
	ERR_NONE,
	ERR_USAGE,      /* the command line is wrong */
	ERR_CONFIG,     /* the policy file is wrong */
	ERR_INPUT,      /* the repository cannot be read or understood */
	ERR_LIMIT,      /* a documented ceiling was reached */
	ERR_SYSTEM,     /* the operating system or a library refused */
	ERR_COUNT
};

struct err {
	enum err_code code;
	char msg[480];          /* lower case, cause first, names in quotes, no full stop */
};

#define ERR_INIT { .code = ERR_NONE }

/* Both return -1.  A message that is too long is cut at the end. */
int err_set(struct err *err, enum err_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);
int err_wrap(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
