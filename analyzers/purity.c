/* SPDX-License-Identifier: MIT */
/*
 * purity.c - what types of a layer tell of the world outside: struct tags and
 * embedded types of object-relational mappers, transport types in signatures.
 * Bodies are read of packages where that can be.  Tests and generated files do
 * not count.
 */
#include "analyzers/bodyfact.h"
#include "analyzers/edges.h"
#include "analyzers/ports.h"
#include "analyzers/setting.h"
#include "graph/symbols.h"

#include <string.h>

static const struct { const char *path, *name; } transport[] = {
#define TRANSPORT(path, name) { path, name },
#include "analyzers/transport.def"
#undef TRANSPORT
};

struct judge {
	struct analysis a;              /* with bodies */
	const struct policy_layer *layer;       /* of the package at hand */
	const char *package;
	uint32_t file;
	const struct body *b;
};

static bool has_tag_list(const struct policy_layer *l)
{
	return l->struct_tags.allow.at.file || l->struct_tags.deny.count ||
	       l->struct_tags.warn.count;
}

static bool is_counted(const struct source *s, uint32_t f)
{
	return s->file[f].configs &&
	       !(s->file[f].flags & (FILE_TEST | FILE_HIDDEN | FILE_GENERATED));
}

/* Does the layer deny it, or is it the innermost and does not allow it by name? */
static bool is_foreign(const struct policy *p, const struct policy_layer *l, const char *path)
{
	const struct policy_pattern *by;
	bool std = !memchr(path, '.', strcspn(path, "/"));
	enum policy_grant grant = policy_grant(p, std ? &l->std : &l->external, path, &by);

	return grant == GRANT_NO || (l == p->layer && !(grant == GRANT_YES && by));
}

/* A type of the table, by its path (and its name unless NULL). */
static bool is_transport(const char *path, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(transport); i++)
		if (path_covers(transport[i].path, path, strlen(path)) &&
		    (!name || !strcmp(transport[i].name, name)))
			return true;
	return false;
}

enum answer { NOT_ASKED, ANSWER_NO, ANSWER_YES };

/* Many files import the same: `known` [sym] has the answers. */
static bool imports_transport(const struct analysis *a, const struct policy_layer *l, dir_id dir,
			      unsigned char *known)
{
	const struct source *s = a->source;
	const struct go_dir *d = &s->dir[dir.v];

	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++)
		for (uint32_t i = 0; is_counted(s, f) && i < s->file[f].nimports; i++) {
			sym_id path = s->import[s->file[f].import_first + i].path;
			const char *text = sym_text(s->syms, path);

			if (known[path.v] == NOT_ASKED)
				known[path.v] = is_transport(text, NULL) ? ANSWER_YES : ANSWER_NO;
			if (known[path.v] == ANSWER_YES && is_foreign(a->policy, l, text))
				return true;
		}
	return false;
}

static const char *why_tags(const struct judge *j, const char *key)
{
	const struct policy_pattern *by;
	struct arena *arena = j->a.scratch;

	policy_grant(j->a.policy, &j->layer->struct_tags, key, &by);
	return arena_printf(arena, "%s %s: struct_tags of this layer %s '%s'",
			    policy_pos_text(by ? by->at : j->layer->struct_tags.allow.at, arena),
			    j->layer->name, by ? "name" : "do not allow", key);
}

static void report_tag(const struct judge *j, const struct body_decl *d,
		       const struct body_member *m, const char *key, const char *what,
		       const char *message)
{
	enum policy_grant grant = policy_grant(j->a.policy, &j->layer->struct_tags, key, NULL);
	bool warn = grant == GRANT_WARN;

	if (grant == GRANT_YES)
		return;
	finding_add(j->a.findings, &(struct finding){
		.rule = &rule_rows[RULE_STRUCT_TAGS], .graded = warn,
		.severity = warn ? setting_at_most(&j->a, RULE_STRUCT_TAGS, SEV_WARNING) :
				   setting_level(&j->a, RULE_STRUCT_TAGS),
		.at = bodyfact_span(&j->a, j->file, m->line, 0), .from = j->package, .to = "",
		.symbol = arena_printf(j->a.scratch, "%s %s", body_text(j->b, d->name), what),
		.message = message, .why = why_tags(j, key),
	});
}

static void judge_type(const struct judge *j, const struct body_decl *d)
{
	struct arena *arena = j->a.scratch;
	const char *name = body_text(j->b, d->name);

	for (uint32_t i = d->member_first; i < d->member_first + d->nmembers; i++) {
		const struct body_member *m = &j->b->member[i];
		const char *tag = body_text(j->b, m->tag), *type = body_text(j->b, m->type), *key;
		const char *orm = m->kind == MEMBER_EMBEDDED ? orm_tag_of_type(type) : NULL;
		size_t len;

		while (tag_next(&tag, &key, &len)) {
			key = arena_strndup(arena, key, len);
			report_tag(j, d, m, key, key,
				   arena_printf(arena, "type '%s' of %s has the struct tag '%s'",
						name, j->layer->name, key));
		}
		if (orm)
			report_tag(j, d, m, orm, type,
				   arena_printf(arena, "type '%s' of %s embeds '%s'", name,
						j->layer->name, type));
	}
}

static void judge_signatures(const struct judge *j)
{
	const struct source *s = j->a.source;
	const struct rule *rule = &rule_rows[RULE_TRANSPORT_TYPES];

	for (uint32_t i = 0; i < j->b->nrefs; i++) {
		const struct body_ref *r = &j->b->ref[i];
		struct linked to;

		if (r->role != REF_SIGNATURE || !r->exported || r->decl == BODY_NONE)
			continue;
		link_ref(j->a.link, (file_id){ j->file }, i, &to);
		if (to.import == ID_NONE)
			continue;
		const char *path = sym_text(s->syms, s->import[to.import].path);
		const char *name = body_text(j->b, r->name);
		const char *decl = body_text(j->b, j->b->decl[r->decl].name);

		if (!is_transport(path, name) || !is_foreign(j->a.policy, j->layer, path))
			continue;
		finding_add(j->a.findings, &(struct finding){
			.rule = rule, .severity = rule_level(rule),
			.at = bodyfact_span(&j->a, j->file, r->line, r->col), .from = j->package,
			.to = path, .symbol = arena_printf(j->a.scratch, "%s %s", decl, name),
			.message = arena_printf(j->a.scratch, "the signature of '%s' of %s has the "
						"transport type '%s.%s'", decl, j->layer->name,
						path, name),
		});
	}
}

static bool is_judged(const struct analysis *a, uint32_t p)
{
	return a->mapping->of[p].layer != POLICY_NONE && a->graph->dir[p].v != ID_NONE &&
	       (a->graph->flags[p] & NODE_REPORTED) && !(a->graph->flags[p] & NODE_XTEST);
}

static uint64_t judge_package(struct judge *j, uint32_t p, bool tags, bool signatures)
{
	const struct go_dir *d = &j->a.source->dir[j->a.graph->dir[p].v];
	uint64_t n = 0;

	j->package = edge_name(j->a.graph, p);
	for (uint32_t f = d->file_first; f < d->file_first + d->nfiles; f++) {
		j->file = f;
		j->b = j->a.bodies->file[f];
		if (!j->b || !is_counted(j->a.source, f))
			continue;
		n++;
		for (uint32_t i = 0; tags && i < j->b->ndecls; i++)
			judge_type(j, &j->b->decl[i]);
		if (signatures)
			judge_signatures(j);
	}
	return n;
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	bool *tags = arena_array(a->scratch, bool, a->graph->npkgs);
	bool *signatures = arena_array(a->scratch, bool, a->graph->npkgs);
	unsigned char *known = arena_array(a->scratch, unsigned char, a->source->syms->count);
	struct judge j = { .a = *a };
	bool any = false;

	if (!a->mapping)
		return 0;
	for (uint32_t p = 0; p < a->graph->npkgs; p++) {
		if (!is_judged(a, p))
			continue;
		const struct policy_layer *l = &a->policy->layer[a->mapping->of[p].layer];

		tags[p] = has_tag_list(l);
		signatures[p] = imports_transport(a, l, a->graph->dir[p], known);
		if (tags[p] || signatures[p])
			symbols_want_package(a->symbols, a->graph->dir[p]);
		any |= tags[p] || signatures[p];
	}
	if (!any)
		return 0;
	if (symbols_read(a->symbols, err))
		return -1;
	j.a.bodies = symbols_bodies(a->symbols);
	j.a.link = symbols_link(a->symbols);
	for (uint32_t p = 0; p < a->graph->npkgs; p++) {
		if (!tags[p] && !signatures[p])
			continue;
		j.layer = &a->policy->layer[a->mapping->of[p].layer];
		*ret_judged += judge_package(&j, p, tags[p], signatures[p]);
	}
	return 0;
}

static const enum rule_id rules[] = { RULE_STRUCT_TAGS, RULE_TRANSPORT_TYPES };

const struct analyzer analyzer_purity = {
	.name = "purity", .summary = "struct tags, embedded and transport types in layers",
	.needs = FACT_IMPORTS | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
