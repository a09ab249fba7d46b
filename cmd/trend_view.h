/* SPDX-License-Identifier: MIT */
/* trend_view.h - what `meshctl history trend` shows, and its formats. */
#ifndef MESHCTL_TREND_VIEW_H
#define MESHCTL_TREND_VIEW_H

#include "cmd/past.h"

struct json_out;
struct output;

struct trend_point {
	int64_t time;                   /* the point, not the commit */
	uint32_t commit;                /* of the line; ID_NONE before the first */
	const struct past_point *at;    /* never NULL */
	bool same;                      /* the commit of the older point beside it as well */
};

struct trend_view {
	const struct past *past;
	const struct trend_point *point;        /* the oldest first */
	uint32_t npoints;
	const char *span, *every;       /* as asked for: "1y", "1w" */
	const char *level;              /* where circles are counted; NULL = there are none */
	uint32_t empty, before, broken; /* points without numbers, by past_state */
	const char *incomplete;         /* why not everything could be read, or NULL */
	bool all;
	enum exit_status status;
};

/* What is known of one number: where it is not NAN. */
struct trend_course {
	double first, last, low, high;  /* NAN of none */
	uint32_t known;
};

/* "smallest cut, import lines, dir:2" */
const char *trend_title(const struct trend_view *v, unsigned trend, struct arena *arena);
/* "ex.com/mall at a4d769c" and "2026-01-02 to 2026-03-13, a point every 1w, no policy" */
const char *trend_head(const struct trend_view *v, struct arena *arena);
const char *trend_span(const struct trend_view *v, struct arena *arena);
/* The largest step for the worse between two points that are known; false: there is none. */
bool trend_worst(const struct trend_view *v, unsigned trend, uint32_t *ret_from, uint32_t *ret_to);
struct trend_course trend_course(const struct trend_view *v, unsigned trend);
/* "1,234", "12.3", "-". */
const char *trend_text(unsigned trend, double value, struct arena *arena);

/* Points v->every apart, from today back to where the line was asked for. */
int trend_read(struct past *p, struct trend_view *v, struct err *err);
/* The metrics and the points, as members. */
void trend_members(const struct trend_view *v, struct json_out *out);

int trend_write_text(const struct trend_view *v, const struct output *o, struct err *err);
int trend_write_json(const struct trend_view *v, const struct output *o, struct err *err);
int trend_write_svg(const struct trend_view *v, const struct output *o, struct err *err);
int trend_write_png(const struct trend_view *v, const struct output *o, struct err *err);
int trend_write_csv(const struct trend_view *v, const struct output *o, struct err *err);

#endif
