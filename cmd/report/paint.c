/* SPDX-License-Identifier: MIT */
/* paint.c - the styles. */
#include "cmd/report/paint.h"

const char *paint_on(bool color, enum paint style)
{
	static const char *const sequence[PAINT_COUNT] = {
		[PAINT_BOLD] = "\033[1m", [PAINT_DIM] = "\033[2m", [PAINT_RED] = "\033[1;31m",
		[PAINT_YELLOW] = "\033[1;33m", [PAINT_CYAN] = "\033[1;36m",
	};

	return color ? sequence[style] : "";
}

const char *paint_off(bool color)
{
	return color ? "\033[0m" : "";
}

enum paint paint_of(enum severity severity)
{
	switch (severity) {
	case SEV_ERROR:
		return PAINT_RED;
	case SEV_WARNING:
		return PAINT_YELLOW;
	case SEV_INFO:
		return PAINT_CYAN;
	case SEV_OFF:
	case SEV_COUNT:
		break;
	}
	return PAINT_DIM;
}
