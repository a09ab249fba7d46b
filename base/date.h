/* SPDX-License-Identifier: MIT */
/* date.h - days as people write them, YYYY-MM-DD, and spans of time, 6m; in UTC. */
#ifndef MESHCTL_DATE_H
#define MESHCTL_DATE_H

#include "base/err.h"

#define SECONDS_A_DAY INT64_C(86400)
#define DATE_LATEST (INT64_C(2932897) * SECONDS_A_DAY - 1)      /* the end of the year 9999 */
#define DATE_BYTES 11u                  /* of "YYYY-MM-DD" and its NUL */

/* Days since 1970-01-01; false for anything but a day of 1970 to 9999. */
bool date_parse(const char *text, int64_t *ret_days);
/* What a commit calls its time, as one: nothing before 1970, nothing that dates cannot say. */
int64_t date_seconds(int64_t seconds);
/* The day of a second since 1970.  Returns buf. */
const char *date_text(int64_t seconds, char buf[DATE_BYTES]);

/* A span as people write it: "90d", "2w"; months and years, "12m", "1y", are the calendar's. */
struct date_span { uint32_t days, months; };
bool date_span_parse(const char *text, struct date_span *ret);
/*
 * `times` spans before `now`: of months the same day and hour, where the month is shorter
 * its last day (git goes on into the next one).  Nothing before 1970.
 */
int64_t date_before(int64_t now, const struct date_span *span, uint32_t times);
/* Where a look back begins: a span before `now`, a day, "all" = INT64_MIN; else ERR_USAGE. */
int date_since(const char *text, int64_t now, int64_t *ret, struct err *err);

#endif
