/* SPDX-License-Identifier: MIT */
/* limits.c - the rows of limits.def. */
#include "base/limits.h"

const struct limit_row limit_rows[LIMIT_COUNT] = {
#define LIMIT(id, n, v, u, t) [id] = { n, v, u, t },
#include "base/limits.def"
#undef LIMIT
};
