/* SPDX-License-Identifier: MIT */
/*
 * gomod.h - reading go.mod and go.work as golang.org/x/mod/modfile reads them
 * (strict for the main module's directives that meshctl uses, lax about unknown
 * ones).  A broken file is a fact: what could be read is returned, what could
 * not is in errors[].
 */
#ifndef MESHCTL_GOMOD_H
#define MESHCTL_GOMOD_H

#include "base/arena.h"

enum gomod_kind { GOMOD_MOD, GOMOD_WORK };

struct gomod_replace {
	const char *old_path, *old_version;     /* version "" = all */
	const char *new_path, *new_version;     /* version "" = new_path is a folder */
	uint32_t line;
};
struct gomod_require { const char *path, *version; bool indirect; uint32_t line; };
struct gomod_path { const char *path; uint32_t line; };  /* of ignore, tool, use */
struct gomod_error { uint32_t line, col; const char *message; };

struct gomod {
	const char *module;             /* "" when there is no module directive */
	uint32_t module_line;
	const char *go, *toolchain;     /* "1.21", "go1.22.1"; "" when absent */
	uint32_t go_line, toolchain_line;
	const char *deprecated;         /* text of a "// Deprecated:" comment, or "" */
	const struct gomod_require *require;
	const struct gomod_replace *replace;
	const struct gomod_path *ignore, *tool, *use;
	const struct gomod_error *error;
	uint32_t nrequire, nreplace, nignore, ntool, nuse, nerror;
	uint32_t nexclude, nretract, ngodebug;
	uint32_t godebug_line, tool_line, ignore_line;  /* of the first one, 0 = none */
};

/* Parses bytes[0..len) into *ret; everything lives in the arena.  Never fails. */
void gomod_parse(struct arena *arena, enum gomod_kind kind, const char *bytes, size_t len,
		 struct gomod *ret);

#endif
