/* SPDX-License-Identifier: MIT */
/* picture.c - drawings as SVG and PNG: DOT into memory, and from there to the child that draws. */
#include "graph/draw/draw.h"
#include "graph/draw/render.h"

#include <stdlib.h>

static int draw_as(const struct drawing *d, const char *format, bool bitmap, FILE *out,
		   uint32_t *ret_percent, struct err *err)
{
	const struct render_limits limits = render_limits();
	char *text = NULL;
	size_t len = 0;
	FILE *dot = open_memstream(&text, &len);
	int rc;

	*ret_percent = 100;
	if (!dot)
		return err_set(err, ERR_SYSTEM, "out of memory for a drawing");
	rc = draw_dot(d, dot, err);
	if (fclose(dot) && !rc)
		rc = err_set(err, ERR_SYSTEM, "out of memory for a drawing");
	if (!rc) {
		const struct render_job job = { .dot = text, .format = format, .bitmap = bitmap };

		struct render_child *early = d->early ? *d->early : NULL;

		if (d->early)
			*d->early = NULL;
		rc = early ? render_finish(early, &job, out, ret_percent, err) :
			     render_run(render_graphviz, &job, &limits, out, ret_percent, err);
	}
	free(text);
	return rc;
}

struct render_child *draw_start(void)
{
	const struct render_limits limits = render_limits();
	struct err ignored = ERR_INIT;

	return render_start(render_graphviz, render_warm, &limits, &ignored);
}

void draw_drop(struct render_child *c)
{
	render_drop(c);
}

int draw_svg(const struct drawing *d, FILE *out, uint32_t *ret_percent, struct err *err)
{
	return draw_as(d, "svg", false, out, ret_percent, err);
}

/* By cairo: other renderers that may be installed draw other bytes. */
int draw_png(const struct drawing *d, FILE *out, uint32_t *ret_percent, struct err *err)
{
	return draw_as(d, "png:cairo", true, out, ret_percent, err);
}
