/* SPDX-License-Identifier: MIT */
/*
 * gate_decisions.c - the row adr-required: a change of the architecture comes with a
 * decision record that is new, or says something else than at the base.
 */
#include "analyzers/decisions.h"
#include "analyzers/gate_work.h"
#include "base/text.h"
#include "graph/source/manifests/manifests.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

static const struct { const char *path, *name; } stores[] = {
#define DATASTORE(path, name) { path, name },
#include "analyzers/datastores.def"
#undef DATASTORE
};

struct changes {
	struct gate_work *w;
	const char *text;               /* "layers; a datastore came: Redis" */
	uint32_t count;
};

static bool is_asked(const struct gate_work *w, const char *what)
{
	struct policy_texts list = gate_words(w, RULE_ADR_REQUIRED, "for");
	bool any = false;

	for (uint32_t i = 0; i < list.count; i++)
		any |= strstr(list.item[i].text, what) != NULL;
	return any;
}

static void add(struct changes *c, const char *text)
{
	c->text = c->count ? arena_printf(c->w->arena, "%s; %s", c->text, text) : text;
	c->count++;
}

/* ---- the policy ---- */

/* A part of a policy as text, without the places where it stands. */
static const char *flat(const struct yaml_node *n, struct arena *arena)
{
	struct { const struct yaml_node *n; uint32_t at; } stack[64];
	const char *text = "";
	uint32_t deep = 0;

	if (!n)
		return "";
	stack[deep].n = n;
	stack[deep++].at = 0;
	while (deep) {
		const struct yaml_node *top = stack[deep - 1].n;
		uint32_t at = stack[deep - 1].at++;

		if (top->kind == YAML_TEXT || at == top->count) {
			text = arena_printf(arena, "%s%s", text,
					    top->kind == YAML_TEXT ? top->text : "}");
			deep--;
			continue;
		}
		text = arena_printf(arena, "%s{%s:", text, top->kind == YAML_MAP ?
				    top->pair[at].key->text : "");
		/* The reader of policies refuses what is deeper. */
		if (deep == ARRAY_SIZE(stack))
			return text;
		stack[deep].n = top->kind == YAML_MAP ? top->pair[at].value : top->item[at];
		stack[deep++].at = 0;
	}
	return text;
}

static bool differs(const struct policy *a, const struct policy *b, const char *key)
{
	struct arena scratch = ARENA_INIT;
	bool other = strcmp(flat(a->tree ? yaml_get(a->tree, key) : NULL, &scratch),
			    flat(b->tree ? yaml_get(b->tree, key) : NULL, &scratch)) != 0;

	arena_release(&scratch);
	return other;
}

static void judge_policy(struct changes *c)
{
	static const char *const keys[] = { "layers", "contexts" };
	const struct policy *now = c->w->g->head.given->policy, *was = c->w->g->was;

	/* Who begins decides nothing anew. */
	for (size_t i = 0; was && !c->w->g->first && i < ARRAY_SIZE(keys); i++)
		if (is_asked(c->w, keys[i]) && differs(now, was, keys[i]))
			add(c, arena_printf(c->w->arena, "the policy's %s", keys[i]));
}

/* ---- modules ---- */

static bool has_module(const struct source *s, const char *folder)
{
	for (uint32_t i = 0; i < s->nmodules; i++)
		if (s->module[i].kind == MODULE_MOD &&
		    !strcmp(sym_text(s->syms, s->module[i].folder), folder))
			return true;
	return false;
}

static void judge_modules(struct changes *c, const struct source *in, const struct source *other,
			  const char *what)
{
	for (uint32_t i = 0; i < in->nmodules; i++) {
		const char *folder = sym_text(in->syms, in->module[i].folder);

		if (in->module[i].kind == MODULE_MOD && !has_module(other, folder))
			add(c, arena_printf(c->w->arena, "a go.mod %s: %s", what,
					    *folder ? text_escape(c->w->arena, folder) : "."));
	}
}

/* ---- datastores ---- */

/* Which rows production code imports. */
static void mark_stores(const struct source *s, bool *ret)
{
	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct go_file *file = &s->file[f];

		if (file->flags & (FILE_TEST | FILE_HIDDEN) ||
		    (s->dir[file->dir.v].flags & (DIR_VENDOR | DIR_VENDORED)))
			continue;
		for (uint32_t i = 0; i < file->nimports; i++) {
			const char *path = sym_text(s->syms,
						    s->import[file->import_first + i].path);

			for (size_t k = 0; k < ARRAY_SIZE(stores); k++)
				ret[k] |= path_below(path, stores[k].path) != NULL;
		}
	}
}

/* MySQL's driver may be exchanged for another one of MySQL. */
static bool has_name(const bool *marked, const char *name)
{
	for (size_t k = 0; k < ARRAY_SIZE(stores); k++)
		if (marked[k] && !strcmp(stores[k].name, name))
			return true;
	return false;
}

static void judge_stores(struct changes *c, const struct source *now, const struct source *was)
{
	bool here[ARRAY_SIZE(stores)] = { 0 }, there[ARRAY_SIZE(stores)] = { 0 };

	mark_stores(now, here);
	mark_stores(was, there);
	for (size_t k = 0; k < ARRAY_SIZE(stores); k++) {
		bool first = true;

		for (size_t i = 0; i < k; i++)
			first &= strcmp(stores[i].name, stores[k].name) != 0 ||
				 here[i] + there[i] == 0;
		if (!first || (!here[k] && !there[k]))
			continue;
		bool a = has_name(here, stores[k].name), b = has_name(there, stores[k].name);

		if (a != b)
			add(c, arena_printf(c->w->arena, "a datastore %s: %s",
					    a ? "comes" : "goes", stores[k].name));
	}
}

/* ---- mTLS ---- */

static const char *mode_of(const struct manifest *m)
{
	const char *mode = manifest_text(manifest_at(m->root, "spec", "mtls", "mode", NULL));

	return *mode ? mode : "UNSET";
}

static bool is_peer_auth(const struct manifest *m)
{
	return !strcmp(m->kind, "PeerAuthentication") &&
	       !strncmp(m->api, "security.istio.io/", 18);
}

static const struct manifest *same_auth(const struct manifests *in, const struct manifest *m)
{
	for (uint32_t i = 0; i < in->count; i++)
		if (is_peer_auth(&in->item[i]) && !strcmp(in->item[i].name, m->name) &&
		    !strcmp(in->item[i].space, m->space))
			return &in->item[i];
	return NULL;
}

static void add_mode(struct changes *c, const struct manifest *m, const char *was, const char *now)
{
	add(c, arena_printf(c->w->arena, "mTLS of %s%s%s: %s, was %s",
			    text_escape(c->w->arena, m->space), *m->space ? "/" : "",
			    text_escape(c->w->arena, m->name), text_escape(c->w->arena, now),
			    text_escape(c->w->arena, was)));
}

/* Who may speak plain text to whom is decided by the PeerAuthentications. */
static void judge_mtls(struct changes *c, const struct manifests *now, const struct manifests *was)
{
	for (uint32_t i = 0; now && was && i < now->count; i++) {
		const struct manifest *m = &now->item[i], *old;
		const char *before;

		if (!is_peer_auth(m))
			continue;
		old = same_auth(was, m);
		before = old ? mode_of(old) : "none";
		if (strcmp(before, mode_of(m)) != 0)
			add_mode(c, m, before, mode_of(m));
	}
	for (uint32_t i = 0; now && was && i < was->count; i++)
		if (is_peer_auth(&was->item[i]) && !same_auth(now, &was->item[i]))
			add_mode(c, &was->item[i], mode_of(&was->item[i]), "none");
}

/* ---- the record ---- */

/* The order of adr.h. */
static int compare(const struct adr *a, const struct adr *b)
{
	uint32_t x = adr_order(a), y = adr_order(b);

	return x != y ? (x > y) - (x < y) : strcmp(a->path, b->path);
}

/* The first record that is new or says something else; NULL = none. */
static const struct adr *find_record(const struct gate_work *w, struct arena *arena)
{
	const struct gate_given *g = w->g;
	const struct adrs *now = decisions_of(g->head.given);
	const struct adrs *was;

	/* Where they are is what the change's own policy says. */
	if (g->base->given->policy == g->head.given->policy) {
		was = decisions_of(g->base->given);
	} else {
		struct adrs *own = arena_new(arena, struct adrs);

		decisions_read(g->base->given->source, g->head.given->policy, arena, own);
		was = own;
	}
	for (uint32_t i = 0, k = 0; i < now->count; i++) {
		const struct adr *r = &now->item[i];

		while (k < was->count && compare(&was->item[k], r) < 0)
			k++;
		if (k == was->count || compare(&was->item[k], r) != 0 ||
		    was->item[k].substance != r->substance || was->item[k].state != r->state)
			return r;
	}
	return NULL;
}

void gate_record(struct gate_work *w, const char *title)
{
	struct gate_row row = {
		.rule = &rule_rows[RULE_ADR_REQUIRED], .title = title, .base = "-", .now = "-",
		.limit = "0", .base_value = NAN, .now_value = NAN, .verdict = GATE_NO_BASE,
	};
	struct changes c = { .w = w, .text = "" };
	struct arena scratch = ARENA_INIT;
	const struct adr *record = NULL;

	if (w->g->base) {
		const struct source *now = w->g->head.given->source;
		const struct source *was = w->g->base->given->source;

		judge_policy(&c);
		if (is_asked(w, "modules")) {
			judge_modules(&c, now, was, "comes");
			judge_modules(&c, was, now, "goes");
		}
		if (is_asked(w, "datastores"))
			judge_stores(&c, now, was);
		if (is_asked(w, "mtls"))
			judge_mtls(&c, w->g->head.given->manifests, w->g->base->given->manifests);
		if (c.count)
			record = find_record(w, &scratch);
		bool bad = c.count && !record;

		row.now = text_number(w->arena, bad ? c.count : 0);
		row.now_value = bad ? c.count : 0;
		row.verdict = bad ? gate_bad(w, RULE_ADR_REQUIRED) : GATE_OK;
		if (c.count)
			row.note = record ? arena_printf(w->arena, "%s: %s",
				adr_label(record, w->arena), c.text) : c.text;
		if (record)
			row.note = text_escape(w->arena, row.note);
	}
	gate_push(w, row);
	arena_release(&scratch);
}
