/* SPDX-License-Identifier: MIT */
/* settle_tell.c - comments, exceptions and entries that hold nothing, or no more. */
#include "analyzers/settle_work.h"

#include <string.h>

static void tell(struct settle *w, enum rule_id id, struct finding found)
{
	found.rule = &rule_rows[id];
	found.severity = policy_rule_level(w->policy, found.rule);
	if (found.severity != SEV_OFF)
		finding_add(w->f, &found);
}

/* ---- comments ---- */

static const char *folder_name(const struct settle *w, dir_id dir)
{
	const char *path = sym_text(w->source->syms, w->source->dir[dir.v].path);

	return *path ? path : ".";
}

/* The file without its line: the comment may move. */
static const char *file_name(const struct settle *w, const struct ignore *x)
{
	const char *path = sym_text(w->source->syms, x->at.path), *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void tell_comment(struct settle *w, const struct ignore *x)
{
	struct finding f = { .at = x->at, .from = folder_name(w, x->dir), .to = "" };

	if (x->fault) {
		f.symbol = arena_printf(w->arena, "%s: %s", file_name(w, x), x->fault);
		f.message = x->fault;
		tell(w, RULE_BAD_IGNORE, f);
		return;
	}
	for (uint32_t r = 0; r < x->nrules; r++) {
		const struct rule *rule = x->rule[r].row;

		if (x->rule[r].used || !w->s->ran->ran[rule - rule_rows] || w->f->dropped)
			continue;
		f.symbol = arena_printf(w->arena, "%s: %s", file_name(w, x), rule->id);
		f.message = arena_printf(w->arena, "this comment holds back no %s: nothing is "
					 "found %s", rule->name,
					 x->first ? "there" : "there, for no code stands beside or "
						    "right below it");
		tell(w, RULE_UNUSED_IGNORE, f);
	}
}

/* ---- exceptions ---- */

static bool every_rule_ran(const struct settle *w)
{
	for (uint32_t i = 0; i < nanalyzers; i++) {
		const struct analyzer *a = analyzers[i];

		/* Exceptions without a rule are about imports, and about nothing else. */
		if (a->needs & (FACT_BODIES | FACT_CHANGE | FACT_MANIFESTS))
			continue;
		for (uint32_t r = 0; r < a->nrules; r++)
			if (!w->s->ran->ran[a->rules[r]] &&
			    policy_rule_level(w->policy, &rule_rows[a->rules[r]]) != SEV_OFF)
				return false;
	}
	return true;
}

static struct span place_of(const struct settle *w, struct policy_pos at)
{
	return (struct span){
		.path = sym_from(w->source->syms, at.file ? at.file : w->policy->path),
		.line = at.line, .col = at.col, .end_col = at.end_col,
	};
}

static void tell_exception(struct settle *w, uint32_t i, bool every)
{
	const struct policy_exception *x = &w->policy->exception[i];
	const struct rule *rule = x->rule.row;
	const char *edge = arena_printf(w->arena, "'%s' -> '%s'%s%s%s", x->from.text, x->to.text,
					rule ? " (" : "", rule ? rule->name : "", rule ? ")" : "");
	struct finding f = {
		.at = place_of(w, x->at), .from = x->from.text, .to = x->to.text,
		.symbol = rule ? rule->id : "",
	};

	if (w->exception[i] == USED_EXPIRED) {
		f.message = arena_printf(w->arena, "the exception %s ended with %s%s%s", edge,
					 x->expires.text, x->owner.text ? ", promised by " : "",
					 x->owner.text ? x->owner.text : "");
		tell(w, RULE_EXPIRED_EXCEPTION, f);
	} else if (w->exception[i] == USED_NOT &&
		   (rule ? w->s->ran->ran[rule - rule_rows] : every)) {
		f.message = arena_printf(w->arena, "the exception %s holds nothing back", edge);
		tell(w, RULE_UNUSED_EXCEPTION, f);
	}
}

static void tell_exceptions(struct settle *w)
{
	const struct policy *p = w->policy;
	bool every = every_rule_ran(w);

	for (uint32_t i = 0; i < p->nexceptions; i++)
		if (w->exception[i] == USED_EXPIRED || (w->s->whole && !w->f->dropped))
			tell_exception(w, i, every);
}

/* ---- the baseline ---- */

/* Something was not looked at at all. */
static bool incomplete(const struct settle *w)
{
	for (uint32_t i = 0; i < w->source->nproblems; i++)
		if (w->source->problem[i].kind == PROBLEM_DIR ||
		    w->source->problem[i].kind == PROBLEM_LIMIT)
			return true;
	return w->f->dropped != 0;
}

/* The folder of an identity, without the mark of external tests. */
static bool is_below(const char *path, const char *identity)
{
	size_t len = strlen(identity);

	if (!strcmp(identity, ".") || !len)
		return true;
	if (!strncmp(path, identity, len) && (!path[len] || path[len] == '/'))
		return true;
	return len > 5 && !strcmp(identity + len - 5, "_test") &&
	       !strncmp(path, identity, len - 5) && !path[len - 5];
}

/*
 * Could a file that was not understood have what this entry accepts?  A circle may
 * be closed by any file.
 */
static bool may_be_hidden(const struct settle *w, const struct baseline_entry *e)
{
	const struct source *s = w->source;
	struct err ignored = ERR_INIT;
	struct level level;

	if (!w->broken)
		return false;
	if (*e->symbol && !level_parse(e->symbol, &level, &ignored))
		return true;
	for (uint32_t d = 0; d < w->nbroken; d++)
		if (is_below(sym_text(s->syms, s->dir[w->broken[d]].path), e->from))
			return true;
	return false;
}

static void find_broken(struct settle *w)
{
	const struct source *s = w->source;

	if (!s->stats.degraded && !s->stats.unreadable)
		return;
	w->broken = arena_array(w->arena, uint32_t, s->ndirs);
	for (uint32_t d = 0; d < s->ndirs; d++)
		if (s->dir[d].flags & DIR_BROKEN)
			w->broken[w->nbroken++] = d;
}

static enum entry_state state_of(const struct settle *w, uint32_t i, bool whole)
{
	const struct baseline_entry *e = &w->s->baseline->entry[i];
	const struct rule *rule = rule_find(e->rule);

	if (w->entry[i].state == ENTRY_RENAMED)
		return ENTRY_RENAMED;
	if (e->matched)
		return w->s->now >= e->end ? ENTRY_EXPIRED : ENTRY_HOLDS;
	if (!whole || !rule || !w->s->ran->ran[rule - rule_rows] || may_be_hidden(w, e))
		return ENTRY_UNKNOWN;
	return ENTRY_FIXED;
}

static const char *entry_words(const struct settle *w, const struct baseline_entry *e)
{
	const struct rule *rule = rule_find(e->rule);
	const char *name = rule ? rule->name : e->rule;

	if (*e->from && *e->to)
		return arena_printf(w->arena, "%s '%s' -> '%s'", name, e->from, e->to);
	return arena_printf(w->arena, "%s '%s'", name, *e->from ? e->from :
			    *e->to ? e->to : e->symbol);
}

static void tell_entry(struct settle *w, uint32_t i)
{
	const struct baseline *b = w->s->baseline;
	const struct baseline_entry *e = &b->entry[i];
	enum entry_state state = w->entry[i].state;
	const char *path = w->s->baseline_path ? w->s->baseline_path : b->path;
	struct finding f = { .from = e->from, .to = e->to };

	if (state != ENTRY_FIXED && state != ENTRY_EXPIRED)
		return;
	f.at = (struct span){ .path = sym_from(w->source->syms, path), .line = e->line };
	f.symbol = *e->symbol ? arena_printf(w->arena, "%s %s", e->rule, e->symbol) : e->rule;
	if (state == ENTRY_FIXED) {
		f.message = arena_printf(w->arena, "the baseline accepts %s, which is gone",
					 entry_words(w, e));
		tell(w, RULE_FIXED_ENTRY, f);
		return;
	}
	f.message = arena_printf(w->arena, "the baseline accepted %s until %s%s%s",
				 entry_words(w, e), e->expires, e->owner ? ", promised by " : "",
				 e->owner ? e->owner : "");
	tell(w, RULE_EXPIRED_ENTRY, f);
}

static void tell_entries(struct settle *w)
{
	const struct baseline *b = w->s->baseline;
	bool whole = w->s->whole && !incomplete(w);

	find_broken(w);
	w->s->ran->judged[RULE_FIXED_ENTRY] = b ? b->nentries : 0;
	w->s->ran->judged[RULE_EXPIRED_ENTRY] = b ? b->nentries : 0;
	for (uint32_t i = 0; b && i < b->nentries; i++) {
		w->entry[i].state = state_of(w, i, whole);
		w->ret->fixed += w->entry[i].state == ENTRY_FIXED;
		w->ret->expired += w->entry[i].state == ENTRY_EXPIRED;
		tell_entry(w, i);
	}
}

void settle_tell(struct settle *w)
{
	tell_entries(w);
	tell_exceptions(w);
	for (uint32_t i = 0; i < w->ignores.count; i++)
		tell_comment(w, &w->ignores.item[i]);
}
