/* SPDX-License-Identifier: MIT */
/* gate_files.c - rows of what was measured elsewhere: Go cover profiles, JSON files of numbers. */
#include "analyzers/gate_work.h"
#include "base/json_read.h"
#include "base/readall.h"

#include <stdlib.h>
#include <string.h>

#define PROFILE_BYTES ((size_t)256 * 1024 * 1024)
#define KPI_BYTES ((size_t)1024 * 1024)

/* ---- cover profiles ---- */

/* "example.com/a/x.go:10.2,12.16 2 1": statements of a block, and how often it ran. */
struct block { const char *file, *place; uint32_t statements; bool ran; };
struct blocks { struct block *item; uint32_t count, cap; };

static bool read_number(const char **p, uint32_t *ret)
{
	char *end;
	unsigned long n;

	if (**p < '0' || **p > '9')
		return false;
	n = strtoul(*p, &end, 10);
	/* A count of runs may be larger than we care to know. */
	*ret = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
	*p = end;
	return true;
}

static bool read_block(char *line, struct block *ret)
{
	char *space = strchr(line, ' '), *colon;
	const char *p;
	uint32_t runs;

	if (!space)
		return false;
	*space = '\0';
	colon = strrchr(line, ':');
	p = space + 1;
	if (!colon || colon == line || !read_number(&p, &ret->statements) || *p++ != ' ' ||
	    !read_number(&p, &runs) || *p)
		return false;
	*colon = '\0';
	ret->file = line;
	ret->place = colon + 1;
	ret->ran = runs != 0;
	return true;
}

static int read_profile(const char *path, struct arena *arena, struct blocks *b, struct err *err)
{
	const char *bytes;
	size_t len;
	uint32_t number = 0;

	if (read_all(path, PROFILE_BYTES, arena, &bytes, &len, err))
		return -1;
	if (len > PROFILE_BYTES)
		return err_set(err, ERR_LIMIT, "'%s' is larger than 256 MB", path);
	char *next = arena_strndup(arena, bytes, len);

	for (char *line; *next; ) {
		struct block block;

		line = next;
		next += strcspn(next, "\n");
		if (*next)
			*next++ = '\0';
		line[strcspn(line, "\r")] = '\0';
		if (!number++ && strncmp(line, "mode: ", 6))
			return err_set(err, ERR_CONFIG,
				"%s:1: no Go cover profile: it does not begin "
				       "with 'mode:'", path);
		if (!*line || !strncmp(line, "mode: ", 6))
			continue;
		if (!read_block(line, &block))
			return err_set(err, ERR_CONFIG, "%s:%u: no line of a Go cover profile",
				path,
				       number);
		VEC_RESERVE(b->item, b->cap, b->count + 1);
		b->item[b->count++] = block;
	}
	return number ? 0 : err_set(err, ERR_CONFIG, "'%s' is empty", path);
}

static int by_place(const void *left, const void *right, void *ctx UNUSED)
{
	const struct block *a = left, *b = right;
	int c = strcmp(a->file, b->file);

	return c ? c : strcmp(a->place, b->place);
}

/* The layer of the package that the file is in, or POLICY_NONE. */
static uint32_t layer_of(const struct gate_work *w, const char *file, struct arena *scratch)
{
	const struct mapping *m = w->g->head.given->mapping;
	const struct graph *g = m->graph;
	const char *slash = strrchr(file, '/');
	const char *path = arena_strndup(scratch, file, slash ? (size_t)(slash - file) : 0);
	sym_id label = sym_find(g->syms, path, strlen(path));

	for (uint32_t p = 0; label.v && p < g->npkgs; p++)
		if (g->label[p].v == label.v && !(g->flags[p] & NODE_XTEST))
			return m->of[p].layer;
	return POLICY_NONE;
}

static bool is_asked(const struct gate_work *w, uint32_t layer, const struct policy_texts *layers)
{
	const struct policy *p = w->g->head.given->policy;

	for (uint32_t i = 0; layer != POLICY_NONE && i < layers->count; i++)
		if (!strcmp(p->layer[layer].name, layers->item[i].text))
			return true;
	return false;
}

struct share { uint64_t covered, all; };

/* Several profiles of one run: a block counts once. */
static struct share count_blocks(const struct gate_work *w, struct blocks *b,
				 const struct policy_texts *layers)
{
	struct arena scratch = ARENA_INIT;
	struct share share = { 0 };
	const char *file = NULL;
	bool asked = false;

	sort_with(b->item, b->count, sizeof(*b->item), by_place, NULL);
	for (uint32_t i = 0, next; i < b->count; i = next) {
		bool ran = false;

		for (next = i; next < b->count && !by_place(&b->item[i], &b->item[next],
			NULL); next++)
			ran |= b->item[next].ran;
		if (!file || strcmp(file, b->item[i].file) != 0) {
			file = b->item[i].file;
			asked = is_asked(w, layer_of(w, file, &scratch), layers);
		}
		share.all += asked ? b->item[i].statements : 0;
		share.covered += asked && ran ? b->item[i].statements : 0;
	}
	arena_release(&scratch);
	return share;
}

static const char *joined(const struct policy_texts *t, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = 0; i < t->count; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", t->item[i].text);
	return text;
}

int gate_coverage(struct gate_work *w, const char *title, struct err *err UNUSED)
{
	struct policy_texts files = gate_words(w, RULE_COVERAGE, "files");
	struct policy_texts layers = gate_words(w, RULE_COVERAGE, "layers");
	uint32_t min = gate_setting(w, RULE_COVERAGE, "min");
	struct gate_row row = {
		.rule = &rule_rows[RULE_COVERAGE], .base = "-", .now = "-", .base_value = NAN,
		.now_value = NAN, .verdict = gate_bad(w, RULE_COVERAGE),
		.title = arena_printf(w->arena, "%s, %s", title, joined(&layers, w->arena)),
		.limit = arena_printf(w->arena, "%u %%", min),
	};
	struct arena scratch = ARENA_INIT;
	struct err cause = ERR_INIT;
	struct blocks b = { 0 };
	struct share share = { 0 };
	bool read = true;

	for (uint32_t i = 0; i < files.count && read; i++)
		read = !read_profile(files.item[i].text, &scratch, &b, &cause);
	if (read && w->g->head.given->mapping)
		share = count_blocks(w, &b, &layers);
	if (!read) {
		row.note = arena_strdup(w->arena, cause.msg);
	} else if (!share.all) {
		row.note = "the profiles name no statement of these layers";
	} else {
		uint64_t tenths = share.covered * 1000 / share.all;

		row.now_value = (double)tenths / 10;
		row.now = arena_printf(w->arena, "%llu.%llu %%", (unsigned long long)tenths / 10,
				       (unsigned long long)tenths % 10);
		if (tenths >= (uint64_t)min * 10)
			row.verdict = GATE_OK;
	}
	gate_push(w, row);
	free(b.item);
	arena_release(&scratch);
	return 0;
}

/* ---- numbers ---- */

struct bound { const char *name; bool most; double value; const char *text; };

/* "p99_ms <= 250" */
static bool read_bound(const char *text, struct arena *arena, struct bound *ret)
{
	const char *sign = strstr(text, "<="), *at;
	char *end;

	ret->most = sign != NULL;
	sign = sign ? sign : strstr(text, ">=");
	if (!sign || sign == text)
		return false;
	for (at = sign; at > text && at[-1] == ' '; at--)
		;
	ret->name = arena_strndup(arena, text, (size_t)(at - text));
	ret->text = text + (sign - text);
	ret->value = strtod(sign + 2, &end);
	while (*end == ' ')
		end++;
	return *ret->name && end != sign + 2 && !*end && isfinite(ret->value);
}

/* The number of this name in the first file that has it; NAN and why. */
static double find_number(const struct policy_texts *files, const char *name, struct arena *arena,
			  const char **ret_why)
{
	*ret_why = arena_printf(arena, "no file names '%s'", name);
	for (uint32_t i = 0; i < files->count; i++) {
		struct json_members *m = arena_new(arena, struct json_members);
		const struct json_member *member;
		struct err cause = ERR_INIT;
		const char *bytes;
		size_t len;

		if (read_all(files->item[i].text, KPI_BYTES, arena, &bytes, &len, &cause)) {
			*ret_why = arena_strdup(arena, cause.msg);
			return NAN;
		}
		if (len > KPI_BYTES || !json_read_object(bytes, len, arena, m)) {
			*ret_why = arena_printf(arena, "'%s' is no JSON object: %s",
						files->item[i].text, len > KPI_BYTES ?
						"larger than 1 MB" : m->problem);
			return NAN;
		}
		member = json_member_find(m, name);
		if (!member)
			continue;
		if (member->kind == JSON_IS_NUMBER)
			return strtod(arena_strndup(arena, member->raw, member->raw_len), NULL);
		*ret_why = arena_printf(arena, "'%s' in '%s' is no number", name,
					files->item[i].text);
		return NAN;
	}
	return NAN;
}

int gate_kpi(struct gate_work *w, const char *title, struct err *err)
{
	struct policy_texts files = gate_words(w, RULE_KPI, "files");
	struct policy_texts limits = gate_words(w, RULE_KPI, "limits");

	if (!limits.count || !files.count)
		return err_set(err, ERR_CONFIG, "rule 'kpi' is on, but has no `%s`",
			       files.count ? "limits" : "files");
	for (uint32_t i = 0; i < limits.count; i++) {
		struct gate_row row = {
			.rule = &rule_rows[RULE_KPI], .base = "-", .now = "-", .base_value = NAN,
			.verdict = gate_bad(w, RULE_KPI),
		};
		struct bound b;

		if (!read_bound(limits.item[i].text, w->arena, &b))
			return err_set(err, ERR_CONFIG, "%s: '%s' is no limit: NAME <= NUMBER or "
				       "NAME >= NUMBER",
				       policy_pos_text(limits.item[i].at, w->arena),
				       limits.item[i].text);
		row.title = arena_printf(w->arena, "%s %s", title, b.name);
		row.limit = b.text;
		row.now_value = find_number(&files, b.name, w->arena, &row.note);
		if (!isnan(row.now_value)) {
			row.note = NULL;
			row.now = arena_printf(w->arena, "%.10g", row.now_value);
			if (b.most ? row.now_value <= b.value : row.now_value >= b.value)
				row.verdict = GATE_OK;
		}
		gate_push(w, row);
	}
	return 0;
}
