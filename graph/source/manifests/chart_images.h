/* SPDX-License-Identifier: MIT */
/* chart_images.h - images that the templates of a Helm chart name literally. */
#ifndef MESHCTL_CHART_IMAGES_H
#define MESHCTL_CHART_IMAGES_H

#include "base/arena.h"

struct chart_image {
	const char *text;               /* without quotes and comments; in the arena */
	uint32_t line, col, end_col;    /* as in struct span */
};

/*
 * The next line `image: TEXT` from *at on, where no value of the chart is put in; false at the
 * end.  A template is no YAML: lines are all that can be told of it.  *line is that of *at.
 */
bool chart_image_next(const char *bytes, size_t len, size_t *at, uint32_t *line,
		      struct arena *arena, struct chart_image *ret);

#endif
