/* SPDX-License-Identifier: MIT */
/* policy.c - questions to a policy that was read. */
#include "analyzers/policy/policy.h"
#include "graph/source/tree.h"

#include <string.h>

const char *policy_pos_text(struct policy_pos at, struct arena *arena)
{
	return at.file ? arena_printf(arena, "%s:%u", at.file, at.line) : "the default";
}

uint32_t policy_layer_find(const struct policy *p, const char *name)
{
	for (uint32_t i = 0; i < p->nlayers; i++)
		if (!strcmp(p->layer[i].name, name))
			return i;
	return POLICY_NONE;
}

const struct policy_rule *policy_rule_find(const struct policy *p, const struct rule *rule)
{
	for (uint32_t i = 0; i < p->nrules; i++)
		if (p->rule[i].rule == rule)
			return &p->rule[i];
	return NULL;
}

enum severity policy_rule_level(const struct policy *p, const struct rule *rule)
{
	const struct policy_rule *said = policy_rule_find(p, rule);

	return said && said->level.at.file ? said->level.value : rule->severity;
}

const struct policy_param *policy_param_find(const struct policy *p, const struct rule *rule,
					     const char *name)
{
	const struct policy_rule *said = policy_rule_find(p, rule);

	for (uint32_t i = 0; said && i < said->nparams; i++)
		if (!strcmp(said->param[i].name, name))
			return &said->param[i];
	return NULL;
}

/* Where `uses` was not written: what stands before, but nothing behind a closed layer. */
static bool may_by_order(const struct policy *p, uint32_t from, uint32_t to, uint32_t *ret_closed)
{
	if (to >= from)
		return false;
	for (uint32_t k = to + 1; k < from; k++)
		if (p->layer[k].closed.value) {
			*ret_closed = k;
			return false;
		}
	return true;
}

bool policy_layer_may(const struct policy *p, uint32_t from, uint32_t to,
		      struct policy_pos *ret_by, uint32_t *ret_closed)
{
	const struct policy_layer *l = &p->layer[from];
	struct policy_pos by = l->uses.at;
	uint32_t closed = POLICY_NONE;
	bool may = from == to;

	if (may && l->independent.value) {
		if (ret_by)
			*ret_by = l->independent.at;
		if (ret_closed)
			*ret_closed = POLICY_NONE;
		return false;
	}
	switch (l->uses.kind) {
	case USES_DEFAULT:
		may = may || may_by_order(p, from, to, &closed);
		by = closed == POLICY_NONE ? l->at : p->layer[closed].closed.at;
		break;
	case USES_ANY:
		may = true;
		break;
	case USES_NONE:
		break;
	case USES_LIST:
		for (uint32_t i = 0; i < l->uses.names.count && !may; i++)
			if (!strcmp(l->uses.names.item[i].text, p->layer[to].name)) {
				may = true;
				by = l->uses.names.item[i].at;
			}
		break;
	}
	if (ret_by)
		*ret_by = by;
	if (ret_closed)
		*ret_closed = closed;
	return may;
}

const struct policy *policy_for_thread(const struct policy *p, struct arena *arena)
{
	struct policy *own = arena_new(arena, struct policy);

	*own = *p;
	own->matcher = p->matcher ? pattern_matcher_new(arena) : NULL;
	return own;
}

/* Plain text covers itself and, as a path, what is below it. */
static bool covers(const struct policy *p, const struct policy_pattern *entry, const char *text)
{
	size_t len = strlen(entry->text);
	struct err err = ERR_INIT;

	if (!entry->compiled)
		return !strcmp(entry->text, text);
	if (!strpbrk(entry->text, "*{"))
		return !strncmp(entry->text, text, len) && (!text[len] || text[len] == '/');
	return pattern_match(entry->compiled, p->matcher, text, NULL, &err) > 0;
}

enum policy_grant policy_grant(const struct policy *p, const struct policy_list *list,
			       const char *text, const struct policy_pattern **ret_by)
{
	const struct policy_patterns *const kinds[] = {
		[GRANT_YES] = &list->allow, [GRANT_WARN] = &list->warn, [GRANT_NO] = &list->deny,
	};
	const struct policy_pattern *best = NULL;
	enum policy_grant grant = list->allow.at.file ? GRANT_NO : GRANT_YES;

	for (unsigned k = 0; k < ARRAY_SIZE(kinds); k++)
		for (uint32_t i = 0; i < kinds[k]->count; i++) {
			const struct policy_pattern *entry = &kinds[k]->item[i];

			if (!covers(p, entry, text))
				continue;
			/* Of equal ones the stricter, which comes later. */
			if (best && best->compiled && entry->compiled &&
			    pattern_compare(best->compiled, entry->compiled) < 0)
				continue;
			best = entry;
			grant = (enum policy_grant)k;
		}
	if (ret_by)
		*ret_by = best;
	return grant;
}

/* One end of an edge and what a pattern captures of it. */
struct end {
	const struct pattern *pattern;
	const char *path;               /* the one that matched */
	struct pattern_capture capture[PATTERN_CAPTURES];
};

static bool selects(const struct policy *p, const char *path, const char *import_path,
		    struct end *end)
{
	const char *const paths[] = { path, import_path };

	for (unsigned i = 0; i < ARRAY_SIZE(paths); i++) {
		struct err err = ERR_INIT;

		end->path = paths[i];
		if (end->path && pattern_match(end->pattern, p->matcher, end->path, end->capture,
					       &err) > 0)
			return true;
	}
	return false;
}

/* What is captured under one name at both ends is one text. */
static bool agree(const struct end *a, const struct end *b)
{
	for (uint32_t i = 0; i < pattern_ncaptures(a->pattern); i++) {
		const char *name = pattern_capture_name(a->pattern, i);
		uint32_t k = pattern_capture_find(b->pattern, name);

		if (k == UINT32_MAX)
			continue;
		struct pattern_capture x = a->capture[i], y = b->capture[k];

		if (x.len != y.len || memcmp(a->path + x.at, b->path + y.at, x.len) != 0)
			return false;
	}
	return true;
}

uint32_t policy_exception_find(const struct policy *p, const struct rule *rule,
			       const struct policy_edge *edge, uint32_t first)
{
	for (uint32_t i = first; i < p->nexceptions; i++) {
		const struct policy_exception *x = &p->exception[i];

		struct end from = { .pattern = x->from.compiled };
		struct end to = { .pattern = x->to.compiled };

		if ((!x->rule.row || x->rule.row == rule) &&
		    selects(p, edge->from, edge->from_import, &from) &&
		    selects(p, edge->to, edge->to_import, &to) && agree(&from, &to))
			return i;
	}
	return POLICY_NONE;
}

static bool selects_file(const struct policy *p, const struct policy_patterns *list,
			 const char *path)
{
	path = path_below(path, p->folder);
	for (uint32_t i = 0; path && i < list->count; i++) {
		struct err err = ERR_INIT;

		if (pattern_match(list->item[i].compiled, p->matcher, path, NULL, &err) > 0)
			return true;
	}
	return false;
}

bool policy_excludes(const void *policy, const char *path)
{
	const struct policy *p = policy;

	return selects_file(p, &p->go.exclude, path);
}

bool policy_manifests(const void *policy, const char *path)
{
	const struct policy *p = policy;
	struct arena scratch = ARENA_INIT;
	char *own = arena_strdup(&scratch, path);
	bool found = selects_file(p, &p->manifests, own);

	for (char *slash; !found && (slash = strrchr(own, '/'));) {
		*slash = '\0';
		found = selects_file(p, &p->manifests, own);
	}
	arena_release(&scratch);
	return found;
}
