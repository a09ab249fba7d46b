/* SPDX-License-Identifier: MIT */
/* err.c - filling and wrapping struct err. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (err->code != ERR_NONE)
		BUG("error set twice: '%s'", err->msg);
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	return -1;
}

/* Cut at the end where it does not fit, which is what a reader of the message expects. */
static void append(struct err *err, size_t at, const char *text)
{
	while (at + 1 < sizeof(err->msg) && *text)
		err->msg[at++] = *text++;
	err->msg[at] = '\0';
}

int err_wrap(struct err *err, const char *fmt, ...)
{
	char inner[sizeof(err->msg)];
	va_list ap;
	int n;

	memcpy(inner, err->msg, sizeof(inner));
	va_start(ap, fmt);
	n = vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof(err->msg)) {
		append(err, (size_t)n, ": ");
		append(err, strlen(err->msg), inner);
	}
	return -1;
}
