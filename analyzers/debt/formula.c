/* SPDX-License-Identifier: MIT */
/* formula.c - arithmetic of technical debt. */
#include "analyzers/debt/formula.h"

#include <math.h>
#include <stdlib.h>

uint64_t debt_minutes(uint32_t minutes, uint32_t per, uint32_t units)
{
	return minutes + (uint64_t)per * units;
}

double debt_days(uint64_t minutes)
{
	return (double)minutes / DEBT_DAY;
}

double debt_density(uint64_t minutes, uint64_t lines)
{
	return lines ? (double)minutes * 1000 / (double)lines : NAN;
}

double debt_sonar_ratio(uint64_t minutes, uint64_t lines)
{
	return lines ? (double)minutes / ((double)DEBT_LINE_MINUTES * (double)lines) : NAN;
}

char debt_sonar_grade(double ratio)
{
	static const double grid[] = { .05, .1, .2, .5 };
	char grade = 'A';

	for (unsigned i = 0; i < ARRAY_SIZE(grid) && ratio > grid[i]; i++)
		grade++;
	return grade;
}

double debt_severity(uint64_t minutes, uint64_t lines)
{
	double share = lines ? (double)minutes / (.1 * DEBT_LINE_MINUTES * (double)lines) : 1;

	return share > 1 ? 1 : share;
}

double debt_interest(double changes, double change_minutes, double slowdown, double severity)
{
	return changes * change_minutes * slowdown * severity;
}

double debt_payback(double minutes, double interest)
{
	return isnan(interest) ? NAN : interest > 0 ? 12 * minutes / interest : INFINITY;
}

static int by_value(const void *va, const void *vb, void *ctx)
{
	const uint64_t *value = ctx;
	uint64_t a = value[*(const uint32_t *)va], b = value[*(const uint32_t *)vb];

	return a < b ? -1 : a > b;
}

void debt_ranks(const uint64_t *value, uint32_t n, double *ret)
{
	uint32_t *order = xcalloc(n, sizeof(*order)), smaller = 0;

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	sort_with(order, n, sizeof(*order), by_value, (void *)(uintptr_t)value);
	for (uint32_t i = 0; i < n; i++) {
		if (i && value[order[i]] != value[order[i - 1]])
			smaller = i;
		ret[order[i]] = n > 1 ? (double)smaller / (n - 1) : 0;
	}
	free(order);
}

static double unless(double share, double weight)
{
	return isnan(share) ? 1 : 1 - share * weight;
}

double debt_risk(const struct debt_hazard *h)
{
	return 1 - unless(h->severity, 1) * unless(h->hot, DEBT_HOT) *
		   unless(h->fixes, DEBT_FIXES) * unless(h->truck, DEBT_TRUCK);
}

double debt_timeliness(double days_left, double cost)
{
	double slack = days_left - 1.5 * cost;

	return slack <= 0 ? 1 : exp(-slack / 30);
}

double debt_priority(const struct debt_weights *w, double impact, double risk, double timeliness,
		     double cost)
{
	return 100 * (w->impact * impact + w->risk * risk + w->timeliness * timeliness) /
	       (1 + log2(1 + cost));
}

unsigned debt_cell(double share)
{
	unsigned cell = share > 0 ? (unsigned)(share * DEBT_CELLS) : 0;

	return cell < DEBT_CELLS ? cell : DEBT_CELLS - 1;
}
