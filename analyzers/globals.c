/* SPDX-License-Identifier: MIT */
/*
 * globals.c - package-level variables that functions change while the program
 * runs.  init and the initialisers of variables may set them up.
 */
#include "analyzers/analyzer.h"
#include "analyzers/bodyfact.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Where a function changes a variable. */
struct change { uint32_t file, line; uint32_t to_file, to_decl; };

struct changes { struct change *item; uint32_t count, cap; };

static bool sets_up(const struct body *b, uint32_t decl)
{
	if (decl == BODY_NONE)
		return true;
	const struct body_decl *d = &b->decl[decl];

	return d->kind == DECL_VAR || d->kind == DECL_CONST ||
	       (d->kind == DECL_FUNC && !strcmp(body_text(b, d->name), "init"));
}

static void add(const struct analysis *a, struct changes *c, uint32_t file, uint32_t line,
		file_id to_file, uint32_t to_decl)
{
	if (to_file.v == ID_NONE || a->bodies->file[to_file.v]->decl[to_decl].kind != DECL_VAR)
		return;
	VEC_RESERVE(c->item, c->cap, c->count + 1);
	c->item[c->count++] = (struct change){ file, line, to_file.v, to_decl };
}

/* Tests may set variables: that is what some are for. */
static void gather(const struct analysis *a, uint32_t file, struct changes *c)
{
	const struct body *b = a->bodies->file[file];
	dir_id dir = a->source->file[file].dir;

	for (uint32_t i = 0; i < b->nuses; i++) {
		const struct body_use *u = &b->use[i];
		file_id to;
		uint32_t decl;

		if ((u->flags & USE_WRITE) && !sets_up(b, u->decl) &&
		    link_decl(a->link, dir, body_text(b, u->name), false, &to, &decl))
			add(a, c, file, u->line, to, decl);
	}
	for (uint32_t i = 0; i < b->nrefs; i++) {
		struct linked l;

		if (b->ref[i].role != REF_WRITE || sets_up(b, b->ref[i].decl))
			continue;
		link_ref(a->link, (file_id){ file }, i, &l);
		if (l.dir.v != ID_NONE)
			add(a, c, file, b->ref[i].line, l.file, l.decl);
	}
}

static int compare(const void *left, const void *right, void *ctx UNUSED)
{
	const struct change *a = left, *b = right;

	if (a->to_file != b->to_file)
		return a->to_file < b->to_file ? -1 : 1;
	if (a->to_decl != b->to_decl)
		return a->to_decl < b->to_decl ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static void report(const struct analysis *a, const struct change *c, uint32_t count)
{
	const struct body *b = a->bodies->file[c->to_file];
	const struct body_decl *d = &b->decl[c->to_decl];
	const struct rule *rule = &rule_rows[RULE_MUTABLE_GLOBAL];
	struct related *related = arena_array(a->scratch, struct related, count);
	const char *name = body_text(b, d->name);

	for (uint32_t i = 0; i < count; i++)
		related[i] = (struct related){
			.at = bodyfact_span(a, c[i].file, c[i].line, 0), .note = "changed here",
		};
	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule),
		.at = bodyfact_span(a, c->to_file, d->line, d->col),
		.from = bodyfact_package(a, c->to_file), .to = "", .symbol = name,
		.message = arena_printf(a->scratch,
			"the variable %s is changed, or its address taken, in %s", name,
			text_count(a->scratch, count, "place", "places")),
		.related = related, .nrelated = count,
	});
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err UNUSED)
{
	struct changes c = { 0 };

	for (uint32_t f = 0; f < a->source->nfiles; f++) {
		if (!bodyfact_counts(a, f))
			continue;
		++*ret_judged;
		gather(a, f, &c);
	}
	sort_with(c.item, c.count, sizeof(*c.item), compare, NULL);
	for (uint32_t i = 0, next; i < c.count; i = next) {
		for (next = i + 1; next < c.count && c.item[next].to_file == c.item[i].to_file &&
				   c.item[next].to_decl == c.item[i].to_decl; next++)
			;
		if (bodyfact_judged(a, c.item[i].to_file))
			report(a, &c.item[i], next - i);
	}
	free(c.item);
	return 0;
}

static const enum rule_id rules[] = { RULE_MUTABLE_GLOBAL };

const struct analyzer analyzer_globals = {
	.name = "globals", .summary = "package-level variables that functions change",
	.needs = FACT_BODIES, .rules = rules, .nrules = ARRAY_SIZE(rules), .run = run,
};
