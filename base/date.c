/* SPDX-License-Identifier: MIT */
/* date.c - the civil calendar (H. Hinnant, days_from_civil and civil_from_days). */
#include "base/date.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_AN_ERA 146097              /* 400 years */
#define ERA_TO_1970 719468              /* days from 0000-03-01 */

static int64_t days_of(unsigned year, unsigned month, unsigned day)
{
	/* Years begin in March: the leap day is the last. */
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = y / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;

	return era * DAYS_AN_ERA + yoe * 365 + yoe / 4 - yoe / 100 + doy - ERA_TO_1970;
}

static unsigned days_in(unsigned year, unsigned month)
{
	static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

bool date_parse(const char *text, int64_t *ret_days)
{
	unsigned part[3] = { 0 }, k = 0;

	for (unsigned i = 0; i < DATE_BYTES - 1; i++) {
		if (i == 4 || i == 7) {
			if (text[i] != '-')
				return false;
			k++;
		} else if (text[i] < '0' || text[i] > '9') {
			return false;
		} else {
			part[k] = part[k] * 10 + (unsigned)(text[i] - '0');
		}
	}
	if (text[DATE_BYTES - 1] || part[0] < 1970 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
	    part[2] > days_in(part[0], part[1]))
		return false;
	*ret_days = days_of(part[0], part[1], part[2]);
	return true;
}

int64_t date_seconds(int64_t seconds)
{
	return seconds < 0 ? 0 : seconds > DATE_LATEST ? DATE_LATEST : seconds;
}

const char *date_text(int64_t seconds, char buf[DATE_BYTES])
{
	int64_t z = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0) + ERA_TO_1970;
	int64_t era = (z >= 0 ? z : z - (DAYS_AN_ERA - 1)) / DAYS_AN_ERA;
	int64_t doe = z - era * DAYS_AN_ERA;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	unsigned day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
	unsigned month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
	int64_t year = yoe + era * 400 + (month <= 2);
	/* What no calendar holds is cut, not overrun. */
	unsigned y = year < 0 ? 0 : year > 9999 ? 9999 : (unsigned)year;

	for (unsigned i = 0, p = 1000; i < 4; i++, p /= 10)
		buf[i] = (char)('0' + y / p % 10);
	buf[4] = buf[7] = '-';
	buf[5] = (char)('0' + month / 10);
	buf[6] = (char)('0' + month % 10);
	buf[8] = (char)('0' + day / 10);
	buf[9] = (char)('0' + day % 10);
	buf[10] = '\0';
	return buf;
}

/* ---- spans ---- */

bool date_span_parse(const char *text, struct date_span *ret)
{
	static const struct { char unit; uint32_t days, months; } units[] = {
		{ 'd', 1, 0 }, { 'w', 7, 0 }, { 'm', 0, 1 }, { 'y', 0, 12 },
	};
	char *end;
	unsigned long n = *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;

	for (unsigned i = 0; i < ARRAY_SIZE(units); i++)
		if (n && n <= 100000 && *end == units[i].unit && !end[1]) {
			ret->days = (uint32_t)n * units[i].days;
			ret->months = (uint32_t)n * units[i].months;
			return true;
		}
	return false;
}

static int64_t months_before(int64_t now, int64_t months)
{
	char text[DATE_BYTES];

	date_text(now, text);
	unsigned day = (unsigned)strtoul(text + 8, NULL, 10);
	int64_t month = strtol(text, NULL, 10) * 12 + strtol(text + 5, NULL, 10) - 1 - months;

	if (month < INT64_C(1970) * 12)
		return 0;
	unsigned of_year = (unsigned)(month % 12) + 1, year = (unsigned)(month / 12);
	unsigned most = days_in(year, of_year);

	return days_of(year, of_year, day < most ? day : most) * SECONDS_A_DAY +
	       now % SECONDS_A_DAY;
}

int64_t date_before(int64_t now, const struct date_span *span, uint32_t times)
{
	now = months_before(date_seconds(now), (int64_t)span->months * times);
	return date_seconds(now - (int64_t)span->days * times * SECONDS_A_DAY);
}

int date_since(const char *text, int64_t now, int64_t *ret, struct err *err)
{
	struct date_span span;
	int64_t days;

	if (date_parse(text, &days))
		*ret = days * SECONDS_A_DAY;
	else if (!strcmp(text, "all"))
		*ret = INT64_MIN;
	else if (date_span_parse(text, &span))
		*ret = date_before(now, &span, 1);
	else
		return err_set(err, ERR_USAGE, "'%.100s' is no time: write 90d, 12m, 1y, all or a "
			       "day such as 2026-01-31", text);
	return 0;
}
