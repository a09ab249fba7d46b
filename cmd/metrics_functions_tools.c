/* SPDX-License-Identifier: MIT */
/*
 * metrics_functions_tools.c - the output of gocyclo and gocognit to the byte: the
 * same files, lines, order, average.  Places are those of go/token: paths begin
 * with PATTERN's folder as it was typed, //line directives are followed.
 */
#include "base/text.h"
#include "cmd/metrics_functions.h"
#include "cmd/output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct stat_line {
	const struct complexity_file *file;
	const struct body_func *f;
};

struct tool {
	enum complexity_walk walk;
	enum metric_id metric;
	uint32_t skipped;               /* functions with one of these flags have no line */
	void (*sort)(uint32_t *item, uint32_t n, const uint32_t *value);
};

static const struct tool gocyclo = {
	WALK_GOCYCLO, METRIC_CYCLOMATIC, FUNC_GOCYCLO_IGNORE, gosort_stable,
};
static const struct tool gocognit = {
	WALK_GOCOGNIT, METRIC_COGNITIVE, FUNC_GOCOGNIT_IGNORE | FUNC_LITERAL, gosort_sort,
};

/* filepath.Clean: "" is ".". */
static const char *clean(const char *path, struct arena *a)
{
	size_t len = strlen(path), out = 0, floor = 0;
	char *to = arena_alloc(a, len + 2, 1);

	if (*path == '/')
		to[out++] = '/', floor = 1;
	for (const char *p = path; *p;) {
		size_t n = strcspn(p, "/");

		if (n == 2 && !memcmp(p, "..", 2) && out > floor) {
			while (out > floor && to[--out] != '/') {}
		} else if (n == 2 && !memcmp(p, "..", 2) && *path == '/') {
			/* Above the root is the root. */
		} else if (n && !(n == 1 && *p == '.')) {
			if (out && to[out - 1] != '/')
				to[out++] = '/';
			memcpy(to + out, p, n);
			out += n;
			if (n == 2 && !memcmp(p, "..", 2))
				floor = out;
		}
		p += n + (p[n] == '/');
	}
	to[out] = '\0';
	return out ? to : ".";
}

/* filepath.Join of two. */
static const char *join(const char *a, const char *b, struct arena *arena)
{
	if (!*a || !*b)
		return *a || *b ? clean(*a ? a : b, arena) : "";
	return clean(arena_printf(arena, "%s/%s", a, b), arena);
}

/* The folder that PATTERN names, as it was typed; "" when it names none. */
static const char *typed_folder(const struct source *s, struct arena *a)
{
	size_t len = s->pattern ? strlen(s->pattern) : 0;

	if (!s->below || !len)
		return "";
	if (len >= 3 && !strcmp(s->pattern + len - 3, "..."))
		len -= 3;
	return clean(arena_strndup(a, s->pattern, len), a);
}

static const char *path_of(const struct source *s, const char *typed, const char *path,
			   struct arena *a)
{
	size_t below = s->below ? strlen(s->below) : 0;

	return join(typed, path + below + (below && path[below] == '/'), a);
}

/* token.Position.String of a function. */
static const char *place(const char *path, const struct body *body, const struct body_func *f,
			 struct arena *a)
{
	const struct body_remap *r = NULL;
	uint32_t line = f->line, col = f->col;

	for (uint32_t i = 0; i < body->nremaps; i++) {
		const struct body_remap *next = &body->remap[i];

		if (next->line > line || (next->line == line && next->col > col))
			break;
		r = next;
	}
	if (!r)
		return arena_printf(a, "%s:%u:%u", path, line, col);
	const char *file = r->own ? path : body_text(body, r->as_file), *slash = strrchr(path, '/');

	if (!r->own && *file && *file != '/')
		file = join(slash ? arena_strndup(a, path, (size_t)(slash - path)) : "",
			    clean(file, a), a);
	else if (!r->own && *file)
		file = clean(file, a);
	if (r->as_col && line == r->line)
		col = r->as_col + (col - r->col);
	line = r->as_line + (line - r->line);
	if (!r->as_col)
		return arena_printf(a, "%s%s%u", file, *file ? ":" : "", line);
	return arena_printf(a, "%s%s%u:%u", file, *file ? ":" : "", line, col);
}

static uint32_t take_lines(const struct complexity_files *files, const struct tool *tool,
			   struct stat_line **ret)
{
	struct stat_line *line = NULL;
	uint32_t n = 0, cap = 0;

	for (uint32_t i = 0; i < files->count; i++) {
		const struct body *body = files->file[i].body;

		for (uint32_t f = 0; body && f < body->nfuncs; f++) {
			if (body->func[f].flags & tool->skipped)
				continue;
			VEC_RESERVE(line, cap, n + 1);
			line[n++] = (struct stat_line){ &files->file[i], &body->func[f] };
		}
	}
	*ret = line;
	return n;
}

static void put_average(FILE *out, const uint32_t *value, uint32_t n)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += value[i];
	if (n)
		fprintf(out, "Average: %.3g\n", (double)sum / n);
	else
		fputs("Average: NaN\n", out);
}

static int write_tool(const struct functions *m, const struct output *o, const struct tool *tool)
{
	const struct complexity_files *files = m->tool[tool->walk];
	struct arena keep = ARENA_INIT, a = ARENA_INIT;
	const char *typed = typed_folder(m->source, &keep);
	struct stat_line *line;
	uint32_t n = take_lines(files, tool, &line);
	uint32_t *order = xcalloc(n, sizeof(*order)), *value = xcalloc(n, sizeof(*value));

	for (uint32_t i = 0; i < n; i++) {
		order[i] = i;
		value[i] = function_value(line[i].f, tool->metric);
	}
	tool->sort(order, n, value);
	for (uint32_t i = 0; i < n && i < m->top && value[order[i]] > m->over; i++) {
		const struct stat_line *l = &line[order[i]];
		const char *path = path_of(m->source, typed, l->file->path, &a);
		const char *package = *l->file->package ? l->file->package : "_";

		fprintf(o->file, "%u %s %s %s\n", value[order[i]], package,
			body_text(l->file->body, l->f->name),
			text_escape(&a, place(path, l->file->body, l->f, &a)));
		arena_reset(&a);
	}
	if (m->avg)
		put_average(o->file, value, n);
	free(line);
	free(order);
	free(value);
	arena_release(&a);
	arena_release(&keep);
	return 0;
}

int functions_write_gocyclo(const struct functions *m, const struct output *o,
			    struct err *err UNUSED)
{
	return write_tool(m, o, &gocyclo);
}

int functions_write_gocognit(const struct functions *m, const struct output *o,
			     struct err *err UNUSED)
{
	return write_tool(m, o, &gocognit);
}
