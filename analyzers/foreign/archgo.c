/* SPDX-License-Identifier: MIT */
/*
 * archgo.c - dependenciesRules of arch-go.yml as arch-go 2.x reads them: patterns
 * become regular expressions in which '.' is any byte, a pattern without '*' is
 * found anywhere in the path, and golang.org/x counts as the standard library.
 */
#include "analyzers/foreign/foreign.h"

#include <string.h>

enum origin { INTERNAL, EXTERNAL, STANDARD, ORIGINS };

static const char *const origin_key[ORIGINS] = { "internal", "external", "standard" };

struct one {                            /* a pattern of a list */
	const char *text;
	const struct regex *regex;
	uint32_t mark;                  /* of INTERNAL: a package that it matches */
};

struct list { struct one *item; uint32_t count; };

struct archrule {
	const char *key;
	const struct regex *package;
	uint32_t mark;                  /* the rule is about this package */
	struct list only[ORIGINS], not[ORIGINS];
};

struct archgo {
	struct archrule *rule;
	uint32_t nrules;
	uint32_t inside;                /* mark: its path begins with the module's */
};

#define PART "[\\w.-]"

static const char *replace(const char *text, const char *what, const char *with,
			   struct arena *arena)
{
	const char *out = "";
	size_t len = strlen(what);

	for (;;) {
		const char *found = strstr(text, what);

		if (!found)
			return arena_printf(arena, "%s%s", out, text);
		out = arena_printf(arena, "%s%.*s%s", out, (int)(found - text), text, with);
		text = found + len;
	}
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static const char *with_star(const char *text, const char *found, size_t len, struct arena *arena)
{
	const char *piece = arena_strndup(arena, found, len);

	return replace(text, piece, replace(piece, "*", PART "*", arena), arena);
}

/* What arch-go does for words that touch a star, first "word*", then "*word". */
static const char *touching_stars(const char *text, struct arena *arena)
{
	const char *out = text;

	for (const char *p = text; *p; p++) {
		size_t len = 0;

		while (is_word(p[len]))
			len++;
		if (len && p[len] == '*')
			out = with_star(out, p, len + 1, arena);
		p += len ? len - (p[len] != '*') : 0;
	}
	text = out;
	for (const char *p = text; *p; p++) {
		size_t len = 1;

		while (*p == '*' && is_word(p[len]))
			len++;
		if (*p == '*' && len > 1) {
			out = with_star(out, p, len, arena);
			p += len - 1;
		}
	}
	return out;
}

static bool ends(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

/* The regular expression that arch-go makes of a pattern, step by step. */
static const char *archgo_regex(const char *pattern, struct arena *arena)
{
	const char *text;

	if (!strchr(pattern, '*'))
		return pattern;
	text = touching_stars(pattern, arena);
	if (foreign_starts(text, "**."))
		text = arena_printf(arena, "^(" PART "+/)+%s", text + 3);
	if (foreign_starts(text, "*."))
		text = arena_printf(arena, "^" PART "+/%s", text + 2);
	if (ends(text, ".**"))
		text = arena_printf(arena, "%.*s(/" PART "+)*", (int)strlen(text) - 3, text);
	if (ends(text, ".*"))
		text = arena_printf(arena, "%.*s(/" PART "+){0,1}", (int)strlen(text) - 2, text);
	text = replace(text, ".**.", "(/" PART "+/)+", arena);
	return arena_printf(arena, "%s$", replace(text, ".*.", "/" PART "+/", arena));
}

/* What arch-go itself cannot compile, which ends it when it comes to it, matches nothing. */
static int compile(struct foreign *f, const struct yaml_node *at, const char *key,
		   const struct regex **ret, struct err *err)
{
	struct err own = ERR_INIT;

	/* It grows the text by pieces: what is too long for a pattern is not begun. */
	if (strlen(at->text) > 500)
		return yaml_error(at, err, "'%.100s' has a pattern of more than 500 bytes", key);
	if (!regex_new(archgo_regex(at->text, f->arena), f->arena, ret, &own))
		return 0;
	foreign_lost(f, at, key, "arch-go cannot read the pattern '%.200s': %.120s", at->text,
		     own.msg);
	return regex_new("(?!)", f->arena, ret, err);
}

/* Folders that the pattern may mean: its words as segments, without those of the module's path. */
static const char *folder_pattern(const struct foreign *f, const char *text, unsigned skip)
{
	const char *out = "";
	bool deep = false;

	while (skip && *text) {
		text += strcspn(text, ".");
		text += *text == '.';
		skip--;
	}
	if (!*text)
		return NULL;
	for (const char *p = text; *p;) {
		size_t len = strcspn(p, ".");
		const char *word = arena_strndup(f->arena, p, len);

		deep = !strcmp(word, "**");
		out = arena_printf(f->arena, "%s%s%s", out, *out ? "/" : "", word);
		p += len + (p[len] == '.');
	}
	return strchr(text, '*') || deep ? out : arena_printf(f->arena, "%s/**", out);
}

/* Packages of which the pattern says something else than the rule. */
static uint32_t disagree(const struct foreign *f, const char *text, const struct regex *regex,
			 uint32_t *ret_both)
{
	const struct pattern *p;
	struct err ignored = ERR_INIT;
	uint32_t byte, n = 0;

	*ret_both = 0;
	if (pattern_new(text, f->arena, &p, &byte, &ignored))
		return UINT32_MAX;
	for (uint32_t i = 0; i < f->npackages; i++) {
		const struct foreign_package *one = &f->package[i];
		bool mine = pattern_match(p, f->matcher, one->folder, NULL, &ignored) > 0;
		bool theirs = regex_find(regex, one->path);

		n += !one->sample && mine != theirs;
		*ret_both += !one->sample && mine && theirs;
	}
	return n;
}

/* Of the folder patterns that the text may mean, the one that fits this tree best. */
static void choose_pattern(struct foreign *f, const struct yaml_node *at,
			   const struct regex *regex, bool sample)
{
	const char *best = NULL;
	uint32_t fewest = UINT32_MAX, most = 0;

	for (unsigned skip = 0; skip < 12; skip++) {
		const char *text = folder_pattern(f, at->text, skip), *forms[2];

		if (!text)
			break;
		forms[0] = text;
		forms[1] = arena_printf(f->arena, "**/%s", text);
		for (unsigned i = 0; i < ARRAY_SIZE(forms); i++) {
			uint32_t both, n = disagree(f, forms[i], regex, &both);

			if (n < fewest || (n == fewest && both > most)) {
				best = forms[i];
				fewest = n;
				most = both;
			}
		}
	}
	if (best)
		foreign_pattern(f, best, at, sample);
}

static int read_list(struct foreign *f, const struct yaml_node *n, const char *key,
		     enum origin origin, struct list *ret, struct err *err)
{
	struct foreign_texts texts;

	if (foreign_texts(f, n, key, &texts, err))
		return -1;
	ret->item = arena_array(f->arena, struct one, texts.count);
	for (uint32_t i = 0; i < texts.count; i++) {
		struct one *one = &ret->item[i];

		one->text = texts.item[i]->text;
		if (compile(f, texts.item[i], key, &one->regex, err))
			return -1;
		if (origin == INTERNAL) {
			one->mark = foreign_mark(f, key, texts.item[i], false);
			choose_pattern(f, texts.item[i], one->regex, true);
		}
		ret->count++;
	}
	return 0;
}

/* The three lists; before version 1 one list, of packages of the module. */
static int read_lists(struct foreign *f, const struct yaml_node *rule, const char *prefix,
		      const char *key, struct list lists[ORIGINS], struct err *err)
{
	const struct yaml_node *n = yaml_get(rule, key);
	const char *full = arena_printf(f->arena, "%s.%s", prefix, key);
	const char *old = arena_printf(f->arena, "%sExternal", key);

	if (read_list(f, yaml_get(rule, old), arena_printf(f->arena, "%s.%s", prefix, old),
		      EXTERNAL, &lists[EXTERNAL], err))
		return -1;
	if (!n || yaml_is_null(n))
		return 0;
	if (n->kind != YAML_MAP)
		return read_list(f, n, full, INTERNAL, &lists[INTERNAL], err);
	foreign_unknown(f, n, arena_printf(f->arena, "%s.", full), "internal external standard");
	for (unsigned o = 0; o < ORIGINS; o++)
		if (yaml_get(n, origin_key[o]) &&
		    read_list(f, yaml_get(n, origin_key[o]),
			      arena_printf(f->arena, "%s.%s", full, origin_key[o]), o, &lists[o],
			      err))
			return -1;
	return 0;
}

static int read_rule(struct foreign *f, struct archgo *a, const struct yaml_node *n, uint32_t i,
		     struct err *err)
{
	struct archrule *r = &a->rule[a->nrules];
	const struct yaml_node *package;

	r->key = arena_printf(f->arena, "dependenciesRules[%u]", i);
	if (n->kind != YAML_MAP)
		return yaml_error(n, err, "'%s' is a map, not %s", r->key, yaml_kind_name(n));
	package = yaml_get(n, "package");
	if (!package || package->kind != YAML_TEXT || !*package->text)
		return yaml_error(n, err, "'%s' needs 'package'", r->key);
	foreign_unknown(f, n, arena_printf(f->arena, "%s.", r->key),
			"package shouldOnlyDependsOn shouldNotDependsOn "
			"shouldOnlyDependsOnExternal shouldNotDependsOnExternal");
	r->mark = foreign_mark(f, r->key, package, true);
	if (compile(f, package, r->key, &r->package, err))
		return -1;
	choose_pattern(f, package, r->package, true);
	if (read_lists(f, n, r->key, "shouldOnlyDependsOn", r->only, err) ||
	    read_lists(f, n, r->key, "shouldNotDependsOn", r->not, err))
		return -1;
	a->nrules++;
	return 0;
}

/* Rules of other kinds, one note each, and what is no rule. */
static void tell_others(struct foreign *f)
{
	static const struct { const char *key, *why; } others[] = {
		{ "contentsRules", "what a package may contain is not judged" },
		{ "functionsRules", "sizes of functions are not told by package; see the rules "
		  "many-parameters and long-function" },
		{ "namingRules", "names are not judged" },
		{ "cyclesRules", "the Go compiler refuses circles of packages; see the rule "
		  "import-cycle" },
		{ "threshold", "any violation fails, no share of rules is enough" },
	};

	for (unsigned i = 0; i < ARRAY_SIZE(others); i++) {
		const struct yaml_node *n = yaml_get(f->tree, others[i].key);

		if (!n || yaml_is_null(n))
			continue;
		if (n->kind != YAML_LIST)
			foreign_lost(f, n, others[i].key, "%s", others[i].why);
		for (uint32_t k = 0; n->kind == YAML_LIST && k < n->count; k++)
			foreign_lost(f, n->item[k],
				     arena_printf(f->arena, "%s[%u]", others[i].key, k), "%s",
				     others[i].why);
	}
}

static int read_archgo(struct foreign *f, struct err *err)
{
	struct archgo *a = arena_new(f->arena, struct archgo);
	const struct yaml_node *n;

	f->own = a;
	if (foreign_want_map(f->tree, "the file", err))
		return -1;
	foreign_unknown(f, f->tree, "", "version threshold dependenciesRules contentsRules "
			"functionsRules namingRules cyclesRules");
	n = yaml_get(f->tree, "dependenciesRules");
	if (!n || yaml_is_null(n) || (n->kind == YAML_LIST && !n->count))
		return yaml_error(f->tree, err, "there are no dependenciesRules");
	if (foreign_want_list(n, "dependenciesRules", err))
		return -1;
	a->rule = arena_array(f->arena, struct archrule, n->count);
	for (uint32_t i = 0; i < n->count; i++)
		if (read_rule(f, a, n->item[i], i, err))
			return -1;
	a->inside = foreign_mark(f, "", NULL, false);
	tell_others(f);
	return 0;
}

static void look_list(struct foreign_package *p, const struct list *l)
{
	for (uint32_t i = 0; i < l->count; i++)
		foreign_set(p, l->item[i].mark, regex_find(l->item[i].regex, p->path));
}

static void look(const struct foreign *f, struct foreign_package *p)
{
	const struct archgo *a = f->own;

	foreign_set(p, a->inside, foreign_starts(p->path, f->module));
	for (uint32_t i = 0; i < a->nrules; i++) {
		foreign_set(p, a->rule[i].mark, regex_find(a->rule[i].package, p->path));
		look_list(p, &a->rule[i].only[INTERNAL]);
		look_list(p, &a->rule[i].not[INTERNAL]);
	}
}

static bool any_mark(const struct foreign_package *p, const struct list *l)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (foreign_has(p, l->item[i].mark))
			return true;
	return false;
}

static bool any_match(const struct list *l, const char *path)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (regex_find(l->item[i].regex, path))
			return true;
	return false;
}

static bool denies(const struct foreign *f, const struct foreign_package *from, const char *path)
{
	const struct archgo *a = f->own;
	bool standard = foreign_starts(path, "golang.org/x") || !strchr(path, '.');
	enum origin o = standard ? STANDARD : EXTERNAL;

	for (uint32_t i = 0; i < a->nrules; i++) {
		const struct archrule *r = &a->rule[i];

		if (foreign_has(from, r->mark) &&
		    ((r->only[o].count && !any_match(&r->only[o], path)) ||
		     any_match(&r->not[o], path)))
			return true;
	}
	return false;
}

static bool forbids(const struct foreign *f, const struct foreign_package *from,
		    const struct foreign_package *to)
{
	const struct archgo *a = f->own;

	if (!foreign_has(to, a->inside))
		return denies(f, from, to->path);
	for (uint32_t i = 0; i < a->nrules; i++) {
		const struct archrule *r = &a->rule[i];

		if (foreign_has(from, r->mark) &&
		    ((r->only[INTERNAL].count && !any_mark(to, &r->only[INTERNAL])) ||
		     any_mark(to, &r->not[INTERNAL])))
			return true;
	}
	return false;
}

/* As an import path with what is below it, or NULL. */
static const char *as_path(const struct foreign *f, const char *text)
{
	const char *star = strchr(text, '*');

	if (!star)
		return text;
	/* "github.com/foo.**": all before the first star, which ends a segment. */
	if (star - text < 2 || star[-1] != '.' || strspn(star, "*") != strlen(star) ||
	    memchr(text, '*', (size_t)(star - text)))
		return NULL;
	return arena_strndup(f->arena, text, (size_t)(star - text) - 1);
}

static void put_list(struct foreign *f, const struct foreign_package *p, const struct list *l,
		     bool allow, struct foreign_list *ret)
{
	for (uint32_t i = 0; i < l->count; i++) {
		const char *path = as_path(f, l->item[i].text);

		/* Where another rule denies it, it is left out of a list that is closed. */
		if (path && strchr(path, '.') && denies(f, p, path) == !allow)
			foreign_entry(ret, path, allow, NULL);
	}
}

static void entries(struct foreign *f, const struct foreign_package *p, struct foreign_lists *ret)
{
	const struct archgo *a = f->own;

	for (uint32_t i = 0; i < a->nrules; i++) {
		const struct archrule *r = &a->rule[i];

		if (!foreign_has(p, r->mark))
			continue;
		ret->external.closed |= r->only[EXTERNAL].count != 0;
		for (unsigned o = EXTERNAL; o < ORIGINS; o++) {
			put_list(f, p, &r->only[o], true, &ret->external);
			put_list(f, p, &r->not[o], false, &ret->external);
		}
	}
	if (ret->external.closed && !denies(f, p, "golang.org/x/sample"))
		foreign_entry(&ret->external, "golang.org/x", true,
			      "arch-go counts it as standard");
	if (!ret->external.closed && denies(f, p, "golang.org/x/sample"))
		foreign_entry(&ret->external, "golang.org/x", false,
			      "arch-go counts it as standard");
}

const struct foreign_format foreign_archgo = {
	.read = read_archgo, .look = look, .forbids = forbids, .denies = denies,
	.entries = entries, .merges = true,
};
