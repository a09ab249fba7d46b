/* SPDX-License-Identifier: MIT */
/* date.c - the civil calendar (H. Hinnant, days_from_civil and civil_from_days). */
#include "base/date.h"

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

bool date_parse(const char *text, int64_t *ret_days)
{
	static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
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
	bool leap = part[0] % 4 == 0 && (part[0] % 100 || part[0] % 400 == 0);

	if (text[DATE_BYTES - 1] || part[0] < 1970 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
	    part[2] > days[part[1] - 1] + (part[1] == 2 && leap))
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
