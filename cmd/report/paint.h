/* SPDX-License-Identifier: MIT */
/*
 * paint.h - colour on a terminal.  It only repeats what words already say, so
 * it is a style around a word, never a word.
 */
#ifndef MESHCTL_PAINT_H
#define MESHCTL_PAINT_H

#include "analyzers/policy/rule.h"

enum paint { PAINT_BOLD, PAINT_DIM, PAINT_RED, PAINT_YELLOW, PAINT_CYAN, PAINT_COUNT };

/* The escape sequences that begin and end a style; "" without colour. */
const char *paint_on(bool color, enum paint style);
const char *paint_off(bool color);
enum paint paint_of(enum severity severity);

#endif
