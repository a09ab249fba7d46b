/* SPDX-License-Identifier: MIT */
/*
 * depguard.c - the rules of depguard 2.x in .golangci.yml (linters.settings.depguard,
 * before version 2 linters-settings.depguard): file globs on whole paths, prefixes
 * of import paths, of which the tool looks only at the one that would stand right
 * before the path in a sorted list.
 */
#include "analyzers/foreign/foreign.h"
#include "analyzers/std.h"

#include <string.h>

#define TREE "/repository"              /* stands for where the repository lies */
#define DEEP_TREE "/home/somebody/src" TREE
#define GOSTD "$gostd"

enum mode { MODE_ORIGINAL, MODE_STRICT, MODE_LAX };

struct prefix { const char *text, *remark; const struct yaml_node *at; };
struct prefixes { struct prefix *item; uint32_t count, cap; };
struct globs { const struct regex **item; uint32_t count; };

struct guard {
	const char *key;
	enum mode mode;
	struct globs files, not_files;
	struct prefixes allow, deny;    /* sorted, $gostd replaced */
	bool placed;                    /* a glob names the repository's own place */
	uint32_t judges, denied;        /* marks */
};

struct depguard {
	struct guard *guard;
	uint32_t nguards;
};

static int by_text(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct prefix *a = va, *b = vb;

	return strcmp(a->text, b->text);
}

static void add_prefix(struct foreign *f, struct prefixes *l, const char *text, const char *remark,
		       const struct yaml_node *at)
{
	if (l->count == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 16;
		struct prefix *item = arena_array(f->arena, struct prefix, cap);

		if (l->count)
			memcpy(item, l->item, l->count * sizeof(*item));
		l->item = item;
		l->cap = cap;
	}
	l->item[l->count++] = (struct prefix){ text, remark, at };
}

/* The top folders of Go's own source, as depguard lists them. */
static void add_std(struct foreign *f, struct prefixes *l, const struct yaml_node *at)
{
	static const char *const others[] = { "builtin", "cmd", "internal", "vendor" };
	const char *before = "", *path;

	for (uint32_t i = 0; (path = std_path(i)); i++) {
		const char *top = arena_strndup(f->arena, path, strcspn(path, "/"));

		if (strcmp(top, before) != 0)
			add_prefix(f, l, top, NULL, at);
		before = top;
	}
	for (unsigned i = 0; i < ARRAY_SIZE(others); i++)
		add_prefix(f, l, others[i], NULL, at);
}

static void put_prefix(struct foreign *f, struct prefixes *l, const struct yaml_node *n,
		       const char *remark)
{
	if (!strcmp(n->text, GOSTD))
		add_std(f, l, n);
	else if (*n->text)
		add_prefix(f, l, n->text, remark, n);
}

/* A list of {pkg, desc}; before that a map from one to the other. */
static int read_deny(struct foreign *f, const struct yaml_node *n, const char *key,
		     struct prefixes *ret, struct err *err)
{
	if (!n || yaml_is_null(n))
		return 0;
	for (uint32_t i = 0; n->kind == YAML_MAP && i < n->count; i++)
		put_prefix(f, ret, n->pair[i].key, n->pair[i].value->text);
	if (n->kind == YAML_MAP)
		return 0;
	if (foreign_want_list(n, key, err))
		return -1;
	for (uint32_t i = 0; i < n->count; i++) {
		const struct yaml_node *pkg = n->item[i]->kind == YAML_MAP ?
			yaml_get(n->item[i], "pkg") : NULL;
		const struct yaml_node *desc = pkg ? yaml_get(n->item[i], "desc") : NULL;

		if (!pkg || pkg->kind != YAML_TEXT)
			return yaml_error(n->item[i], err, "'%.100s' wants maps with 'pkg' and "
					  "'desc'", key);
		put_prefix(f, ret, pkg, desc && *desc->text ? desc->text : NULL);
	}
	return 0;
}

static int read_allow(struct foreign *f, const struct yaml_node *n, const char *key,
		      struct prefixes *ret, struct err *err)
{
	struct foreign_texts texts;

	if (foreign_texts(f, n, key, &texts, err))
		return -1;
	for (uint32_t i = 0; i < texts.count; i++)
		put_prefix(f, ret, texts.item[i], NULL);
	return 0;
}

/* Variables of depguard and of golangci-lint. */
static const char *expand(const char *glob, struct arena *arena)
{
	static const char *const places[] = { "${base-path}", "${config-path}" };

	if (!strcmp(glob, "$all"))
		return "**/*.go";
	if (!strcmp(glob, "$test"))
		return "**/*_test.go";
	for (unsigned i = 0; i < ARRAY_SIZE(places); i++)
		if (foreign_starts(glob, places[i]))
			return arena_printf(arena, TREE "%s", glob + strlen(places[i]));
	return glob;
}

/* The folders whose files it can match, as a pattern of ours; or NULL. */
static const char *folders_of(const char *glob, struct arena *arena)
{
	const char *slash;
	size_t len;

	if (foreign_starts(glob, TREE "/"))
		glob += strlen(TREE "/");
	else if (!foreign_starts(glob, "**/"))
		return !strcmp(glob, "**") ? glob : NULL;
	if (strpbrk(glob, "?[\\]{}"))
		return NULL;
	len = strlen(glob);
	slash = strrchr(glob, '/');
	if (len >= 3 && !strcmp(glob + len - 3, "/**"))
		return glob;
	if (!slash)
		return ".";
	len = (size_t)(slash - glob);
	/* Between two '/' there is at least one folder for them. */
	if (len >= 3 && !strncmp(slash - 3, "/**", 3))
		return arena_printf(arena, "%.*s/*/**", (int)len - 3, glob);
	return arena_strndup(arena, glob, len);
}

static int read_files(struct foreign *f, const struct yaml_node *n, struct guard *g,
		      struct err *err)
{
	struct foreign_texts texts;

	if (foreign_texts(f, n, g->key, &texts, err))
		return -1;
	g->files.item = arena_array(f->arena, const struct regex *, texts.count);
	g->not_files.item = arena_array(f->arena, const struct regex *, texts.count);
	for (uint32_t i = 0; i < texts.count; i++) {
		bool negated = *texts.item[i]->text == '!';
		const char *glob = expand(texts.item[i]->text + negated, f->arena), *folders;
		struct globs *l = negated ? &g->not_files : &g->files;
		struct err own = ERR_INIT;

		if (regex_new(arena_printf(f->arena, "^%s$", foreign_glob(glob, false, f->arena)),
			      f->arena, &l->item[l->count], &own))
			return yaml_error(texts.item[i], err, "'%.100s' has the glob '%.100s': "
					  "%.120s", g->key, texts.item[i]->text, own.msg);
		l->count++;
		g->placed |= foreign_starts(glob, TREE);
		if (*glob != '*' && *glob != '/' && *glob != '{')
			foreign_near(f, texts.item[i], g->key, "'%.200s' matches nothing: depguard "
				     "compares whole paths, begin with '**/'",
				     texts.item[i]->text);
		folders = folders_of(glob, f->arena);
		if (folders && strcmp(folders, "**") != 0)
			foreign_pattern(f, folders, texts.item[i], !negated);
	}
	return 0;
}

static int read_mode(const struct yaml_node *n, struct guard *g, struct err *err)
{
	static const char *const names[] = { "original", "strict", "lax" };

	if (!n || yaml_is_null(n))
		return 0;
	for (unsigned i = 0; i < ARRAY_SIZE(names); i++) {
		const char *p = n->text, *q = names[i];

		/* Capitals do not matter to the tool. */
		while (*p && *q && (*p == *q || *p + ('a' - 'A') == *q)) {
			p++;
			q++;
		}
		if (n->kind == YAML_TEXT && !*p && !*q) {
			g->mode = (enum mode)i;
			return 0;
		}
	}
	return yaml_error(n, err, "'%.100s.list-mode' is original, strict or lax", g->key);
}

static int read_guard(struct foreign *f, const struct yaml_pair *pair, struct guard *g,
		      struct err *err)
{
	const struct yaml_node *n = pair->value;

	g->key = arena_printf(f->arena, "depguard.rules.%.200s", pair->key->text);
	if (n->kind != YAML_MAP)
		return yaml_error(n, err, "'%.100s' is a map, not %s", g->key, yaml_kind_name(n));
	foreign_unknown(f, n, arena_printf(f->arena, "%s.", g->key),
			"list-mode listMode files allow deny");
	g->judges = foreign_mark(f, g->key, pair->key, true);
	g->denied = foreign_mark(f, g->key, pair->key, false);
	if (read_mode(yaml_get(n, yaml_get(n, "list-mode") ? "list-mode" : "listMode"), g, err) ||
	    read_files(f, yaml_get(n, "files"), g, err) ||
	    read_allow(f, yaml_get(n, "allow"), g->key, &g->allow, err) ||
	    read_deny(f, yaml_get(n, "deny"), g->key, &g->deny, err))
		return -1;
	if (!g->allow.count && !g->deny.count)
		return yaml_error(pair->key, err, "'%.100s' needs 'allow' or 'deny'", g->key);
	sort_with(g->allow.item, g->allow.count, sizeof(*g->allow.item), by_text, NULL);
	sort_with(g->deny.item, g->deny.count, sizeof(*g->deny.item), by_text, NULL);
	return 0;
}

/* Folders of this module that prefixes name get a layer where it makes a difference. */
static void add_targets(struct foreign *f, const struct prefixes *l)
{
	for (uint32_t i = 0; *f->module && i < l->count; i++) {
		size_t len = strlen(f->module);
		const char *text = l->item[i].text;

		if (foreign_starts(text, f->module) && text[len] == '/' && text[len + 1] &&
		    !strchr(text, '$'))
			foreign_pattern(f, arena_printf(f->arena, "%s/**", text + len + 1),
					l->item[i].at, true);
	}
}

static const struct yaml_node *section(const struct yaml_node *tree)
{
	static const char *const ways[][3] = {
		{ "linters", "settings", "depguard" }, { "linters-settings", "depguard", NULL },
	};

	for (unsigned i = 0; i < ARRAY_SIZE(ways); i++) {
		const struct yaml_node *n = tree;

		for (unsigned k = 0; n && k < 3 && ways[i][k]; k++)
			n = n->kind == YAML_MAP ? yaml_get(n, ways[i][k]) : NULL;
		if (n && !yaml_is_null(n))
			return n;
	}
	return NULL;
}

bool foreign_has_depguard(const struct yaml_node *tree)
{
	return section(tree) != NULL;
}

static int read_depguard(struct foreign *f, struct err *err)
{
	struct depguard *d = arena_new(f->arena, struct depguard);
	const struct yaml_node *n = section(f->tree), *rules;

	f->own = d;
	rules = n && n->kind == YAML_MAP ? yaml_get(n, "rules") : NULL;
	if (!rules || rules->kind != YAML_MAP || !rules->count)
		return yaml_error(n ? n : f->tree, err, "there are no rules of depguard, at "
				  "linters.settings.depguard.rules or "
				  "linters-settings.depguard.rules");
	foreign_unknown(f, n, "depguard.", "rules");
	d->guard = arena_array(f->arena, struct guard, rules->count);
	for (uint32_t i = 0; i < rules->count; i++) {
		if (read_guard(f, &rules->pair[i], &d->guard[i], err))
			return -1;
		d->nguards++;
		add_targets(f, &d->guard[i].allow);
		add_targets(f, &d->guard[i].deny);
	}
	foreign_near(f, rules, "depguard.rules", "prefixes end at a '/' here: 'a/b' is not 'a/bc'");
	return 0;
}

static bool any_glob(const struct globs *l, const char *path)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (regex_find(l->item[i], path))
			return true;
	return false;
}

static bool is_about_in(const struct foreign *f, const struct guard *g, const char *tree,
			const char *folder, const char *name)
{
	const char *path = arena_printf(f->arena, "%s/%s%s%s", tree, folder, *folder ? "/" : "",
					name);

	return (!g->files.count || any_glob(&g->files, path)) && !any_glob(&g->not_files, path);
}

/* "a/b$" compares as "a/b". */
static int against(const char *prefix, const char *path)
{
	size_t len = strlen(prefix);

	while (len && prefix[len - 1] == '$')
		len--;
	return strncmp(prefix, path, len);
}

/* The last prefix that does not stand behind the path, if the path begins with it. */
static const struct prefix *find_prefix(const struct prefixes *l, const char *path)
{
	const struct prefix *last = NULL;

	for (uint32_t i = 0; i < l->count && against(l->item[i].text, path) <= 0; i++)
		last = &l->item[i];
	if (!last)
		return NULL;
	size_t len = strlen(last->text);

	if (last->text[len - 1] == '$')
		return strlen(path) == len - 1 && !strncmp(last->text, path, len - 1) ? last : NULL;
	/* Without '.' and '/' it is one of the standard library, whose paths have no dot. */
	if (!strpbrk(last->text, "./") && strchr(path, '.'))
		return NULL;
	return foreign_starts(path, last->text) ? last : NULL;
}

static bool is_about(const struct foreign *f, const struct guard *g, const char *folder,
		     const char *name)
{
	bool about = is_about_in(f, g, TREE, folder, name);

	/* What begins with TREE is meant to be of the repository, wherever that lies. */
	if (!g->placed && about != is_about_in(f, g, DEEP_TREE, folder, name))
		foreign_near((struct foreign *)f, f->mark[g->judges].at, g->key,
			     "which files it is about depends on where the repository lies: here "
			     "they are those of one right below /");
	return about;
}

static bool is_denied(const struct guard *g, const char *path)
{
	const struct prefix *allow = find_prefix(&g->allow, path);
	const struct prefix *deny = find_prefix(&g->deny, path);
	bool longer = allow && deny && strlen(allow->text) > strlen(deny->text);

	switch (g->mode) {
	case MODE_ORIGINAL:
		return deny || (g->allow.count && !allow);
	case MODE_STRICT:
		return !allow || (deny && !longer);
	case MODE_LAX:
		return deny && !longer;
	}
	BUG("mode %d", (int)g->mode);
}

static void look(const struct foreign *f, struct foreign_package *p)
{
	const struct depguard *d = f->own;
	const char *const *file;
	uint32_t n = foreign_files(f, p, &file);

	for (uint32_t i = 0; i < d->nguards; i++) {
		const struct guard *g = &d->guard[i];
		const char *one = n ? file[0] : "x.go";
		uint32_t about = 0;

		for (uint32_t k = 0; k < n; k++)
			about += is_about(f, g, p->folder, file[k]);
		if (about && about < n)
			foreign_near((struct foreign *)f, f->mark[g->judges].at, g->key,
				     "it is about %u of %u files of '%.200s': all are judged here",
				     about, n, *p->folder ? p->folder : ".");
		foreign_set(p, g->judges, n ? about != 0 : is_about(f, g, p->folder, one));
		foreign_set(p, g->denied, is_denied(g, p->path));
		if (is_about(f, g, p->folder, "x_test.go"))
			foreign_lost((struct foreign *)f, f->mark[g->judges].at, g->key,
				     "depguard judges test files here, a policy does not");
	}
}

static bool forbids(const struct foreign *f, const struct foreign_package *from,
		    const struct foreign_package *to)
{
	const struct depguard *d = f->own;

	for (uint32_t i = 0; i < d->nguards; i++)
		if (foreign_has(from, d->guard[i].judges) && foreign_has(to, d->guard[i].denied))
			return true;
	return false;
}

static bool denies(const struct foreign *f, const struct foreign_package *from, const char *path)
{
	const struct depguard *d = f->own;

	for (uint32_t i = 0; i < d->nguards; i++)
		if (foreign_has(from, d->guard[i].judges) && is_denied(&d->guard[i], path))
			return true;
	return false;
}

/* Paths that no standard library and not this module has. */
static bool is_outside(const struct foreign *f, const char *path)
{
	return memchr(path, '.', strcspn(path, "/")) &&
	       !(*f->module && foreign_starts(path, f->module));
}

static void put_prefixes(struct foreign *f, const struct foreign_package *p,
			 const struct prefixes *l, bool allow, struct foreign_list *ret)
{
	for (uint32_t i = 0; i < l->count; i++) {
		const char *text = l->item[i].text;
		size_t len = strlen(text);
		bool exact = text[len - 1] == '$';
		const char *path;

		while (len && (text[len - 1] == '$' || text[len - 1] == '/'))
			len--;
		path = arena_strndup(f->arena, text, len);
		if (!is_outside(f, path) || denies(f, p, path) == allow)
			continue;
		foreign_entry(ret, path, allow, l->item[i].remark);
		if (exact && denies(f, p, arena_printf(f->arena, "%s/sample", path)) == allow)
			foreign_entry(ret, arena_printf(f->arena, "%s/*/**", path), !allow, NULL);
	}
}

/* What the tool would say of a package of the standard library stands beside it. */
static void put_remarks(const struct prefixes *l, struct foreign_list *std)
{
	for (uint32_t i = 0; i < l->count; i++)
		for (uint32_t k = 0; k < std->count; k++)
			if (!std->entry[k].allow && !strcmp(std->entry[k].text, l->item[i].text))
				std->entry[k].remark = l->item[i].remark;
}

static void entries(struct foreign *f, const struct foreign_package *p, struct foreign_lists *ret)
{
	const struct depguard *d = f->own;

	for (uint32_t i = 0; i < d->nguards; i++) {
		const struct guard *g = &d->guard[i];

		if (!foreign_has(p, g->judges))
			continue;
		ret->external.closed |= g->mode == MODE_STRICT ||
					(g->mode == MODE_ORIGINAL && g->allow.count);
	}
	for (uint32_t i = 0; i < d->nguards; i++)
		if (foreign_has(p, d->guard[i].judges)) {
			put_prefixes(f, p, &d->guard[i].allow, true, &ret->external);
			put_prefixes(f, p, &d->guard[i].deny, false, &ret->external);
			put_remarks(&d->guard[i].deny, &ret->std);
		}
}

const struct foreign_format foreign_depguard = {
	.read = read_depguard, .look = look, .forbids = forbids, .denies = denies,
	.entries = entries, .merges = true,
};
