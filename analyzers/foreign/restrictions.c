/* SPDX-License-Identifier: MIT */
/*
 * restrictions.c - .import-restrictions of the whole tree as Kubernetes' import-boss
 * reads them: the file nearest to a package first, up to the root of its module;
 * the first rule whose selector matches and whose prefixes decide is the verdict.
 * Inverse rules judge the importers of a package in the same way.
 */
#include "analyzers/foreign/foreign.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <string.h>

#define NAME ".import-restrictions"

enum verdict { SILENT, UNDECIDED, ALLOWED, FORBIDDEN };

struct restriction {
	const struct regex *selector;
	const char *selector_text;
	struct foreign_texts allowed, forbidden;
	uint32_t mark;                  /* and two behind it: its verdicts but SILENT */
};

struct rules { struct restriction *item; uint32_t count; };

struct boss {
	const char *folder;             /* below the policy's */
	uint32_t below;                 /* mark */
	struct rules rules, inverse;
};

struct restrictions {
	struct boss *boss;              /* the deepest folder first */
	uint32_t count, cap;
};

static bool same_key(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
		char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;

		if (x != y)
			return false;
	}
	return *a == *b;
}

/* As Go's encoding/json looks for a key: capitals do not matter. */
static const struct yaml_node *get(const struct yaml_node *map, const char *key)
{
	for (uint32_t i = 0; i < map->count; i++)
		if (same_key(map->pair[i].key->text, key))
			return map->pair[i].value;
	return NULL;
}

static void unknown(struct foreign *f, const struct yaml_node *map, const char *prefix,
		    const char *const *known)
{
	for (uint32_t i = 0; i < map->count; i++) {
		const struct yaml_node *key = map->pair[i].key;
		bool fine = false;

		for (unsigned k = 0; known[k]; k++)
			fine |= same_key(key->text, known[k]);
		if (!fine)
			foreign_lost(f, key, arena_printf(f->arena, "%s%.200s", prefix, key->text),
				     "this key is not known");
	}
}

/* Folders of this module that a prefix names. */
static void add_targets(struct foreign *f, const struct foreign_texts *l)
{
	for (uint32_t i = 0; *f->module && i < l->count; i++) {
		const char *below = path_below(l->item[i]->text, f->module);

		if (below && *below)
			foreign_pattern(f, arena_printf(f->arena, "%s/**", below), l->item[i],
					true);
	}
}

static int read_rule(struct foreign *f, const struct yaml_node *n, const char *key,
		     struct restriction *r, struct err *err)
{
	static const char *const keys[] = { "SelectorRegexp", "AllowedPrefixes",
					    "ForbiddenPrefixes", "Transitive", NULL };
	const struct yaml_node *selector;
	struct err own = ERR_INIT;
	bool transitive = false;

	if (n->kind != YAML_MAP)
		return yaml_error(n, err, "'%.100s' is a map, not %s", key, yaml_kind_name(n));
	unknown(f, n, arena_printf(f->arena, "%s.", key), keys);
	selector = get(n, keys[0]);
	if (selector && selector->kind != YAML_TEXT)
		return yaml_error(selector, err, "'%.100s.%s' wants text", key, keys[0]);
	r->selector_text = selector ? selector->text : "";
	if (regex_new(r->selector_text, f->arena, &r->selector, &own))
		return yaml_error(selector, err, "'%.100s' has the pattern '%.100s': %.120s", key,
				  r->selector_text, own.msg);
	if (foreign_texts(f, get(n, keys[1]), key, &r->allowed, err) ||
	    foreign_texts(f, get(n, keys[2]), key, &r->forbidden, err) ||
	    foreign_flag(get(n, keys[3]), key, &transitive, err))
		return -1;
	if (transitive)
		foreign_near(f, n, key, "it is about what is reached as well: only direct imports "
			     "are judged here");
	for (unsigned i = 0; i < 3; i++) {
		uint32_t mark = foreign_mark(f, key, n, false);

		r->mark = i ? r->mark : mark;
	}
	add_targets(f, &r->allowed);
	add_targets(f, &r->forbidden);
	return 0;
}

static int read_rules(struct foreign *f, const struct yaml_node *map, const char *key,
		      struct rules *ret, struct err *err)
{
	const struct yaml_node *n = get(map, key);

	if (!n || yaml_is_null(n))
		return 0;
	if (foreign_want_list(n, key, err))
		return -1;
	ret->item = arena_array(f->arena, struct restriction, n->count);
	for (uint32_t i = 0; i < n->count; i++) {
		if (read_rule(f, n->item[i], arena_printf(f->arena, "%s[%u]", key, i),
			      &ret->item[i], err))
			return -1;
		ret->count++;
	}
	return 0;
}

static int add_file(struct foreign *f, struct restrictions *r, const char *folder,
		    const struct yaml_node *tree, struct err *err)
{
	static const char *const keys[] = { "Rules", "InverseRules", NULL };
	struct boss *b;

	if (r->count == r->cap) {
		uint32_t cap = r->cap ? r->cap * 2 : 16;

		b = arena_array(f->arena, struct boss, cap);
		if (r->count)
			memcpy(b, r->boss, r->count * sizeof(*b));
		r->boss = b;
		r->cap = cap;
	}
	b = &r->boss[r->count];
	b->folder = folder;
	if (foreign_want_map(tree, NAME, err))
		return -1;
	b->below = foreign_mark(f, "rules", tree, true);
	unknown(f, tree, "", keys);
	if (read_rules(f, tree, keys[0], &b->rules, err) ||
	    read_rules(f, tree, keys[1], &b->inverse, err))
		return -1;
	r->count++;
	if (*folder)
		foreign_pattern(f, arena_printf(f->arena, "%s/**", folder), tree, true);
	return 0;
}

/* One file of the tree, if it is there. */
static int look_in(struct foreign *f, struct restrictions *r, const char *folder, struct err *err)
{
	const char *dir = *f->folder && *folder ? path_join(f->arena, f->folder, folder) :
			  *folder ? folder : f->folder;
	const char *path = path_join(f->arena, dir, NAME);
	const char *shown = path_join(f->arena, folder, NAME);
	struct tree_buf buf = { 0 };
	struct err cause = ERR_INIT;
	struct yaml_node *tree;
	uint32_t ref;
	int rc;

	if (!tree_find(f->source->tree, path, f->arena, &ref))
		return 0;
	if (tree_read(f->source->tree, path, ref, (size_t)limit_of(LIMIT_YAML_BYTES) + 1, &buf,
		      &cause)) {
		tree_buf_release(&buf);
		return err_set(err, ERR_CONFIG, "cannot read '%s': %s", shown, cause.msg);
	}
	rc = yaml_read(shown, buf.len ? buf.bytes : "", buf.len, f->arena, &tree, err);
	if (!rc)
		rc = add_file(f, r, folder, tree, err);
	tree_buf_release(&buf);
	return rc;
}

/* The folders of packages and those above them: neighbours share most of these. */
static int find_files(struct foreign *f, struct restrictions *r, struct err *err)
{
	const char *before = "";

	if (look_in(f, r, "", err))
		return -1;
	for (uint32_t i = 0; i < f->npackages && !f->package[i].sample; i++) {
		const char *folder = f->package[i].folder;

		for (size_t at = 1; *folder && at <= strlen(folder); at++) {
			const char *part = arena_strndup(f->arena, folder, at);

			if ((folder[at] && folder[at] != '/') || path_below(before, part))
				continue;
			if (look_in(f, r, part, err))
				return -1;
		}
		before = folder;
	}
	return 0;
}

static int by_depth(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct boss *a = va, *b = vb;
	size_t x = strlen(a->folder), y = strlen(b->folder);

	return x != y ? (x > y ? -1 : 1) : strcmp(a->folder, b->folder);
}

static int read_restrictions(struct foreign *f, struct err *err)
{
	struct restrictions *r = arena_new(f->arena, struct restrictions);

	f->own = r;
	if (!f->source)
		return err_set(err, ERR_INPUT, "there are no Go packages here for " NAME " to be "
			       "about");
	if (find_files(f, r, err))
		return -1;
	if (!r->count)
		return err_set(err, ERR_CONFIG, "there is no " NAME " in the folders of packages "
			       "here");
	sort_with(r->boss, r->count, sizeof(*r->boss), by_depth, NULL);
	foreign_lost(f, NULL, NAME, "import-boss judges test files as well, a policy does not");
	return 0;
}

static bool any_prefix(const struct foreign_texts *l, const char *path)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (!*l->item[i]->text || foreign_within(path, l->item[i]->text))
			return true;
	return false;
}

static enum verdict judge(const struct restriction *r, const char *path)
{
	if (!regex_find(r->selector, path))
		return SILENT;
	if (any_prefix(&r->forbidden, path))
		return FORBIDDEN;
	return any_prefix(&r->allowed, path) ? ALLOWED : UNDECIDED;
}

/* The module that the file speaks in: not for packages of a module below it. */
static bool reaches(const struct foreign *f, const struct boss *b, const struct foreign_package *p)
{
	if (!foreign_within(p->folder, b->folder))
		return false;
	if (p->node == ID_NONE)
		return true;
	const struct go_dir *d = &f->source->dir[f->graph->dir[p->node].v];
	const char *root = d->module.v == ID_NONE ? "" :
		sym_text(f->source->syms, f->source->module[d->module.v].folder);
	const char *below = path_below(root, f->folder);

	return !below || foreign_within(b->folder, below);
}

static void look_rules(struct foreign_package *p, const struct rules *l)
{
	for (uint32_t i = 0; i < l->count; i++) {
		enum verdict v = judge(&l->item[i], p->path);

		if (v != SILENT)
			foreign_set(p, l->item[i].mark + (uint32_t)v - UNDECIDED, true);
	}
}

static void look(const struct foreign *f, struct foreign_package *p)
{
	const struct restrictions *r = f->own;

	for (uint32_t i = 0; i < r->count; i++) {
		foreign_set(p, r->boss[i].below, reaches(f, &r->boss[i], p));
		look_rules(p, &r->boss[i].rules);
		look_rules(p, &r->boss[i].inverse);
	}
}

static enum verdict marked(const struct restriction *r, const struct foreign_package *p)
{
	for (uint32_t v = UNDECIDED; v <= FORBIDDEN; v++)
		if (foreign_has(p, r->mark + v - UNDECIDED))
			return (enum verdict)v;
	return SILENT;
}

/* Over the files above `owner`: what they say of `other`, or of a path outside. */
static bool refuses(const struct foreign *f, const struct foreign_package *owner, bool inverse,
		    const struct foreign_package *other, const char *path)
{
	const struct restrictions *r = f->own;
	bool matched = false;

	for (uint32_t i = 0; i < r->count; i++) {
		const struct rules *l = inverse ? &r->boss[i].inverse : &r->boss[i].rules;

		for (uint32_t k = 0; foreign_has(owner, r->boss[i].below) && k < l->count; k++) {
			enum verdict v = other ? marked(&l->item[k], other) :
						 judge(&l->item[k], path);

			if (v == FORBIDDEN || v == ALLOWED)
				return v == FORBIDDEN;
			matched |= v == UNDECIDED;
		}
	}
	return matched;
}

static bool forbids(const struct foreign *f, const struct foreign_package *from,
		    const struct foreign_package *to)
{
	return refuses(f, from, false, to, NULL) || refuses(f, to, true, from, NULL);
}

static bool denies(const struct foreign *f, const struct foreign_package *from, const char *path)
{
	return refuses(f, from, false, NULL, path);
}

/* "k8s[.]io" is the text k8s.io; NULL where it is more than a text. */
static const char *literal(const struct foreign *f, const char *regex)
{
	char *text = arena_alloc(f->arena, strlen(regex) + 1, 1), *to = text;

	for (const char *p = regex + (*regex == '^'); *p; p++) {
		if (!strncmp(p, "[.]", 3)) {
			*to++ = '.';
			p += 2;
		} else if (*p == '\\' && strchr("./-", p[1]) && p[1]) {
			*to++ = *++p;
		} else if (strchr("[](){}*+?|^$\\", *p)) {
			return NULL;
		} else {
			*to++ = *p;
		}
	}
	while (to > text && to[-1] == '/')
		*--to = '\0';
	return text;
}

/* What a selector is about is denied where nothing allows it. */
static void put_selector(struct foreign *f, const struct foreign_package *p,
			 const struct restriction *r, struct foreign_list *ret)
{
	const char *text = literal(f, r->selector_text);
	bool whole = *r->selector_text == '^';

	if (!text || !strchr(text, '.') || (*f->module && foreign_within(text, f->module)) ||
	    !denies(f, p, arena_printf(f->arena, "%s/sample", text)))
		return;
	foreign_entry(ret, whole ? text : arena_printf(f->arena, "*%s", text), false, NULL);
}

static void put_prefixes(struct foreign *f, const struct foreign_package *p,
			 const struct foreign_texts *l, struct foreign_list *ret)
{
	for (uint32_t i = 0; i < l->count; i++) {
		const char *text = l->item[i]->text;

		if (memchr(text, '.', strcspn(text, "/")) &&
		    !(*f->module && foreign_within(text, f->module)))
			foreign_entry(ret, text, !denies(f, p, text), NULL);
	}
}

static void entries(struct foreign *f, const struct foreign_package *p, struct foreign_lists *ret)
{
	const struct restrictions *r = f->own;

	ret->external.closed = denies(f, p, "sample.invalid/sample");
	for (uint32_t i = 0; i < r->count; i++) {
		const struct rules *l = &r->boss[i].rules;

		for (uint32_t k = 0; foreign_has(p, r->boss[i].below) && k < l->count; k++) {
			put_selector(f, p, &l->item[k], &ret->external);
			put_prefixes(f, p, &l->item[k].allowed, &ret->external);
			put_prefixes(f, p, &l->item[k].forbidden, &ret->external);
		}
	}
}

const struct foreign_format foreign_restrictions = {
	.read = read_restrictions, .look = look, .forbids = forbids, .denies = denies,
	.entries = entries, .merges = true,
};
