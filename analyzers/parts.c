/* SPDX-License-Identifier: MIT */
/*
 * parts.c - packages whose declarations fall into parts that do not use each
 * other: connected components, as LCOM4 counts them for a class.  M. Hitz,
 * B. Montazeri, "Measuring Coupling and Cohesion in Object-Oriented Systems"
 * (1995).  A method belongs to its type; main and init tie nothing together.
 */
#include "analyzers/analyzer.h"
#include "analyzers/bodyfact.h"
#include "analyzers/setting.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_SHOWN 3u                  /* of a part */

struct node {
	const char *name;               /* of a method: its receiver's type */
	uint32_t file, decl;
	uint32_t parent;                /* union-find; a root is its own */
	uint32_t lines;                 /* of a root: of the whole part */
};

struct package {
	const struct analysis *a;
	struct node *node;              /* in the order of files and declarations */
	uint32_t *by_name;              /* nodes sorted by name, then number */
	uint32_t count, cap;
};

static const struct body_decl *decl_of(const struct package *p, uint32_t n)
{
	return &p->a->bodies->file[p->node[n].file]->decl[p->node[n].decl];
}

static uint32_t find(struct package *p, uint32_t n)
{
	while (p->node[n].parent != n) {
		p->node[n].parent = p->node[p->node[n].parent].parent;
		n = p->node[n].parent;
	}
	return n;
}

/* The lower number stays the root: parts are told in the order of the files. */
static void join(struct package *p, uint32_t a, uint32_t b)
{
	a = find(p, a);
	b = find(p, b);
	if (a < b)
		p->node[b].parent = a;
	else
		p->node[a].parent = b;
}

static int compare(const void *left, const void *right, void *ctx)
{
	const struct package *p = ctx;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int c = strcmp(p->node[a].name, p->node[b].name);

	return c ? c : a < b ? -1 : a > b;
}

/* The first node of that name, as a position in by_name; count when there is none. */
static uint32_t look_up(const struct package *p, const char *name)
{
	uint32_t low = 0, high = p->count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (strcmp(p->node[p->by_name[mid]].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < p->count && !strcmp(p->node[p->by_name[low]].name, name) ? low : p->count;
}

static bool starts_programs(const struct body *b, const struct body_decl *d)
{
	const char *name = body_text(b, d->name);

	return d->kind == DECL_FUNC && (!strcmp(name, "main") || !strcmp(name, "init"));
}

static void add_file(struct package *p, uint32_t file)
{
	const struct body *b = p->a->bodies->file[file];

	for (uint32_t i = 0; i < b->ndecls; i++) {
		const struct body_decl *d = &b->decl[i];
		bool method = d->kind == DECL_METHOD;

		if (starts_programs(b, d))
			continue;
		VEC_RESERVE(p->node, p->cap, p->count + 1);
		p->node[p->count] = (struct node){
			.name = body_text(b, method ? d->receiver : d->name), .file = file,
			.decl = i, .parent = p->count, .lines = d->end_line - d->start_line + 1,
		};
		p->count++;
	}
}

/* Names that stand together, names that are used, and constants of one group. */
static void tie(struct package *p)
{
	for (uint32_t i = 1; i < p->count; i++) {
		const char *name = p->node[p->by_name[i]].name;

		if (strcmp(name, "_") && !strcmp(name, p->node[p->by_name[i - 1]].name))
			join(p, p->by_name[i], p->by_name[i - 1]);
	}
	for (uint32_t n = 0; n < p->count; n++) {
		const struct body_decl *d = decl_of(p, n);

		if (n && d->kind == DECL_CONST && (d->flags & DECL_GROUPED) &&
		    p->node[n - 1].file == p->node[n].file)
			join(p, n, n - 1);
	}
}

static void use(struct package *p, uint32_t from, uint32_t count)
{
	const struct body *b = p->a->bodies->file[p->node[from].file];
	/* Nodes of one file stand together, in the order of its declarations. */
	uint32_t n = from;

	for (uint32_t i = 0; i < b->nuses; i++) {
		const struct body_use *u = &b->use[i];
		uint32_t to;

		if (u->decl == BODY_NONE)
			continue;
		while (n > from && p->node[n].decl > u->decl)
			n--;
		while (n + 1 < from + count && p->node[n].decl < u->decl)
			n++;
		if (p->node[n].decl != u->decl)
			continue;
		to = look_up(p, body_text(b, u->name));
		if (to < p->count)
			join(p, n, p->by_name[to]);
	}
}

static const char *names_of(struct package *p, uint32_t root, struct arena *arena)
{
	const char *text = "", *last = "";
	uint32_t shown = 0, more = 0;

	for (uint32_t n = 0; n < p->count; n++) {
		const char *name = p->node[n].name;

		if (find(p, n) != root || !strcmp(name, "_") || !strcmp(name, last))
			continue;
		last = name;
		if (shown++ < NAMES_SHOWN)
			text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", name);
		else
			more++;
	}
	return more ? arena_printf(arena, "%s and %u more", text, more) : text;
}

static void report(struct package *p, uint32_t least)
{
	const struct analysis *a = p->a;
	const struct rule *rule = &rule_rows[RULE_UNRELATED_PARTS];
	struct related *part = arena_array(a->scratch, struct related, p->count);
	uint32_t count = 0;

	for (uint32_t n = 0; n < p->count; n++)
		if (find(p, n) != n)
			p->node[find(p, n)].lines += p->node[n].lines;
	for (uint32_t n = 0; n < p->count; n++) {
		const struct body_decl *d = decl_of(p, n);

		if (find(p, n) != n || p->node[n].lines < least)
			continue;
		part[count++] = (struct related){
			.at = bodyfact_span(a, p->node[n].file, d->line, d->col),
			.note = arena_printf(a->scratch, "%s: %s lines",
					     names_of(p, n, a->scratch),
					     text_number(a->scratch, p->node[n].lines)),
		};
	}
	if (count < 2)
		return;
	const char *package = bodyfact_package(a, p->node[0].file);

	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .at = part[0].at, .from = package,
		.to = "", .symbol = "",
		.message = arena_printf(a->scratch,
			"'%s' holds %u parts of %s lines and more that do not use each other",
			package, count, text_number(a->scratch, least)),
		.related = part, .nrelated = count,
	});
}

static void judge_folder(struct package *p, uint32_t dir, uint32_t least)
{
	const struct go_dir *d = &p->a->source->dir[dir];

	p->count = 0;
	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++)
		if (bodyfact_judged(p->a, f))
			add_file(p, f);
	if (!p->count)
		return;
	p->by_name = xrealloc(p->by_name, p->count, sizeof(*p->by_name));
	for (uint32_t n = 0; n < p->count; n++)
		p->by_name[n] = n;
	sort_with(p->by_name, p->count, sizeof(*p->by_name), compare, p);
	tie(p);
	for (uint32_t n = 0, next; n < p->count; n = next) {
		for (next = n + 1; next < p->count && p->node[next].file == p->node[n].file; next++)
			;
		use(p, n, next - n);
	}
	report(p, least);
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	const uint32_t least = setting_number(a, RULE_UNRELATED_PARTS, "min");
	struct package p = { .a = a };

	for (uint32_t d = 0; d < a->source->ndirs; d++) {
		judge_folder(&p, d, least);
		*ret_judged += p.count > 0;
	}
	free(p.node);
	free(p.by_name);
	return 0;
}

static const enum rule_id rules[] = { RULE_UNRELATED_PARTS };

const struct analyzer analyzer_parts = {
	.name = "parts", .summary = "packages whose declarations do not use each other",
	.needs = FACT_BODIES, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
