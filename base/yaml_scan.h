/* SPDX-License-Identifier: MIT */
/*
 * yaml_scan.h - what yaml.c has to do around libyaml: finding bytes that are no
 * text before libyaml does, and turning its places (characters) into lines and
 * columns (bytes).  Nobody else includes it.
 */
#ifndef MESHCTL_YAML_SCAN_H
#define MESHCTL_YAML_SCAN_H

#include "base/arena.h"
#include "base/err.h"

struct yaml_places {
	const char *bytes;
	size_t len;
	const char *file;
	uint32_t first_line;            /* of the file, where bytes begin; 0 and 1 are the same */
	uint32_t *line_at;              /* byte where line n + 1 begins; line_at[0] = 0 */
	uint32_t nlines;
	uint32_t *char_at;              /* byte of character n * YAML_STEP */
	uint32_t nchars;
};

/* Fails with the place of the first byte that YAML does not allow. */
int yaml_places_init(struct yaml_places *p, const char *file, const char *bytes, size_t len,
		     struct arena *arena, struct err *err);
/* The byte of a character, p->len behind the last one. */
size_t yaml_place_byte(const struct yaml_places *p, size_t character);
void yaml_place_line(const struct yaml_places *p, size_t byte, uint32_t *ret_line,
		     uint32_t *ret_col);
/* ERR_CONFIG "file:line:col: text"; returns -1. */
int yaml_place_error(const struct yaml_places *p, size_t byte, struct err *err, const char *text);

#endif
