/* SPDX-License-Identifier: MIT */
/* fonts.h - whether there is a font at all: without one the text of pictures is boxes. */
#ifndef MESHCTL_DRAW_FONTS_H
#define MESHCTL_DRAW_FONTS_H

#include "base/arena.h"

/* A folder of the usual ones, or below, that has a font; NULL when none has.  In the arena. */
const char *draw_fonts(struct arena *arena);

#endif
