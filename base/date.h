/* SPDX-License-Identifier: MIT */
/* date.h - days as people write them, YYYY-MM-DD, in UTC. */
#ifndef MESHCTL_DATE_H
#define MESHCTL_DATE_H

#include "base/base.h"

#define SECONDS_A_DAY INT64_C(86400)
#define DATE_LATEST (INT64_C(2932897) * SECONDS_A_DAY - 1)      /* the end of the year 9999 */
#define DATE_BYTES 11u                  /* of "YYYY-MM-DD" and its NUL */

/* Days since 1970-01-01; false for anything but a day of 1970 to 9999. */
bool date_parse(const char *text, int64_t *ret_days);
/* What a commit calls its time, as one: nothing before 1970, nothing that dates cannot say. */
int64_t date_seconds(int64_t seconds);
/* The day of a second since 1970.  Returns buf. */
const char *date_text(int64_t seconds, char buf[DATE_BYTES]);

#endif
