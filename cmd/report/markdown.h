/* SPDX-License-Identifier: MIT */
/* markdown.h - the Markdown report within a number of bytes, for places that take no more. */
#ifndef MESHCTL_REPORT_MARKDOWN_H
#define MESHCTL_REPORT_MARKDOWN_H

#include "cmd/report/report.h"

/* At most `most` bytes: findings that do not fit are counted. */
int markdown_write(const struct report *r, FILE *out, size_t most, struct err *err);

#endif
