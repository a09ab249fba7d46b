/* SPDX-License-Identifier: MIT */
/*
 * formula.h - the formulas of technical debt, each by itself; debt.h puts them
 * together.  Minutes are whole; a working day has 480.  NAN is "not known", and what
 * is made of it is not known either, but for the risk, which leaves it out.
 */
#ifndef MESHCTL_DEBT_FORMULA_H
#define MESHCTL_DEBT_FORMULA_H

#include "base/base.h"

#define DEBT_DAY 480u                   /* minutes */
/* Minutes that writing one line cost: sonar.technicalDebt.developmentCost. */
#define DEBT_LINE_MINUTES 30u
#define DEBT_CELLS 5u                   /* of the heat map, each way */

/* Remediation: constant (per = 0), linear (minutes = 0), linear with offset (Sonar's words). */
uint64_t debt_minutes(uint32_t minutes, uint32_t per, uint32_t units);
double debt_days(uint64_t minutes);
/* Minutes for each thousand lines; NAN without lines. */
double debt_density(uint64_t minutes, uint64_t lines);
/* Of what writing it cost; NAN without lines.  Sonar's grade: A up to 5 %, B 10, C 20, D 50. */
double debt_sonar_ratio(uint64_t minutes, uint64_t lines);
char debt_sonar_grade(double ratio);

/* How much of the slowdown a file has: all of it where debt is a tenth of what writing it cost. */
double debt_severity(uint64_t minutes, uint64_t lines);
/*
 * Minutes a year that debt costs: changes x minutes of a change x slowdown x severity.
 * slowdown 1.24: A. Tornhill, M. Borg, "Code Red: The Business Impact of Code Quality"
 * (2022), time in code of low quality; an upper bound.
 */
double debt_interest(double changes, double change_minutes, double slowdown, double severity);
/* Months until the interest has paid for the repair; INFINITY without interest. */
double debt_payback(double minutes, double interest);

/*
 * Share of the others that are smaller, for each of value[0..n): 0 of the smallest, 1 of
 * the largest; equal values have equal ranks.
 */
void debt_ranks(const uint64_t *value, uint32_t n, double *ret);

/* What makes a repair urgent, each between 0 and 1 or NAN. */
struct debt_hazard {
	double severity;                /* error .5, warning .25, info .1 */
	double hot;                     /* rank of changes x rank of complexity */
	double fixes;                   /* share of the changes that repair something */
	double truck;                   /* 1 where one of those who changed it knows it alone */
};
#define DEBT_HOT .4
#define DEBT_FIXES .3
#define DEBT_TRUCK .2
/* 1 - product of (1 - r): each hazard by itself, all together. */
double debt_risk(const struct debt_hazard *h);
/* 1 where it is too late to begin, falling with the days that are left: exp(-slack / 30). */
double debt_timeliness(double days_left, double cost);

struct debt_weights { double impact, risk, timeliness; };
/* 100 x (weighted sum) / (1 + log2(1 + cost)); cost in person-days. */
double debt_priority(const struct debt_weights *w, double impact, double risk, double timeliness,
		     double cost);
/* 0 to DEBT_CELLS - 1. */
unsigned debt_cell(double share);

#endif
