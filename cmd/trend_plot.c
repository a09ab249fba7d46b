/* SPDX-License-Identifier: MIT */
/* trend_plot.c - a trend as a picture. */
#include "cmd/output.h"
#include "cmd/trend_view.h"
#include "graph/draw/plot.h"

#include <stdlib.h>
#include <unistd.h>

int trend_write_svg(const struct trend_view *v, const struct output *o, struct err *err)
{
	struct plot_series series[TREND_COUNT];
	struct arena a = ARENA_INIT;
	struct plot p = {
		.title = trend_head(v, &a), .subtitle = arena_printf(&a, "%s%s",
		trend_span(v, &a), v->before + v->empty + v->broken ? "; grey is not known" : ""),
		.npoints = v->npoints, .series = series,
		.theme = (enum draw_theme)v->past->run->set->theme,
	};
	int64_t *time = arena_array(&a, int64_t, v->npoints);

	for (uint32_t i = 0; i < v->npoints; i++)
		time[i] = v->point[i].time;
	p.time = time;
	for (unsigned t = 0; t < TREND_COUNT; t++) {
		double *value = arena_array(&a, double, v->npoints);
		struct plot_series *s = &series[p.nseries];

		/* What nothing defines, as a share that takes a policy, is no picture. */
		if (!trend_course(v, t).known)
			continue;
		for (uint32_t i = 0; i < v->npoints; i++)
			value[i] = v->point[i].at->value[t];
		*s = (struct plot_series){
			.title = trend_title(v, t, &a), .id = trend_rows[t].id, .value = value,
			.decimals = trend_rows[t].decimals,
		};
		if (!trend_worst(v, t, &s->mark_from, &s->mark_to))
			s->mark_from = s->mark_to = 0;
		p.nseries++;
	}
	int rc = plot_svg(&p, o->file, err);

	arena_release(&a);
	return rc;
}

int trend_write_png(const struct trend_view *v, const struct output *o, struct err *err)
{
	struct output memory = *o;
	char *text = NULL;
	size_t len = 0;
	int rc;

	if (!o->path && isatty(fileno(o->file)))
		return err_set(err, ERR_USAGE, "a PNG is nothing for a terminal: write it to a "
			       "file with -o FILE");
	memory.file = open_memstream(&text, &len);
	if (!memory.file)
		return err_set(err, ERR_SYSTEM, "out of memory for a picture");
	rc = trend_write_svg(v, &memory, err);
	if (fclose(memory.file) && !rc)
		rc = err_set(err, ERR_SYSTEM, "out of memory for a picture");
	rc = rc ? rc : draw_svg_as_png(text, o->file, err);
	free(text);
	return rc;
}
