/* SPDX-License-Identifier: MIT */
/*
 * fuzz_gomod.c - go.mod and go.work from any bytes.  Every place lies inside
 * the file, and no text is missing where a field promises one.
 */
#include "graph/source/gomod.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_line(uint32_t line, uint32_t lines, const char *what)
{
	if (line < 1 || line > lines)
		BUG("%s at line %u of %u", what, line, lines);
}

static void check_paths(const struct gomod_path *p, uint32_t n, uint32_t lines)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!p[i].path)
			BUG("no path");
		check_line(p[i].line, lines, "path");
	}
}

static void check(const struct gomod *m, uint32_t lines)
{
	if (!m->module || !m->go || !m->toolchain || !m->deprecated)
		BUG("a missing text");
	for (uint32_t i = 0; i < m->nrequire; i++) {
		if (*m->require[i].version != 'v')
			BUG("version '%s'", m->require[i].version);
		check_line(m->require[i].line, lines, "require");
	}
	for (uint32_t i = 0; i < m->nreplace; i++) {
		if (!m->replace[i].old_path || !m->replace[i].old_version ||
		    !m->replace[i].new_path || !m->replace[i].new_version)
			BUG("a missing text");
		check_line(m->replace[i].line, lines, "replace");
	}
	for (uint32_t i = 0; i < m->nerror; i++) {
		if (!*m->error[i].message || !m->error[i].col)
			BUG("an error without text or place");
		check_line(m->error[i].line, lines, "error");
	}
	check_paths(m->ignore, m->nignore, lines);
	check_paths(m->tool, m->ntool, lines);
	check_paths(m->use, m->nuse, lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena a = ARENA_INIT;
	struct gomod m;
	uint32_t lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	gomod_parse(&a, GOMOD_MOD, (const char *)bytes, len, &m);
	check(&m, lines);
	gomod_parse(&a, GOMOD_WORK, (const char *)bytes, len, &m);
	check(&m, lines);
	arena_release(&a);
	return 0;
}
