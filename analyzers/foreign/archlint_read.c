/* SPDX-License-Identifier: MIT */
/* archlint_read.c - .go-arch-lint.yml, versions 1 to 3: from the tree of YAML to components. */
#include "analyzers/foreign/archlint.h"
#include "graph/source/tree.h"

#include <string.h>

#define KEYS "version workdir allow exclude excludeFiles vendors commonVendors components " \
	     "commonComponents deps"

/* A glob with ** goes down from each place where what stands before it matches. */
static const char *glob_regex(const char *text, struct arena *arena)
{
	const char *out = "^";
	bool deep = false;

	for (const char *p = text; *p;) {
		const char *star = strstr(p, "**");
		size_t len = star ? (size_t)(star - p) : strlen(p);

		deep |= star != NULL;
		while (star && len && p[len - 1] == '/')
			len--;
		out = arena_printf(arena, "%s%s%s", out,
				   foreign_glob(arena_strndup(arena, p, len), true, arena),
				   star ? "(?:/[^/]+)*" : "");
		p = star ? star + 2 : p + strlen(p);
	}
	return arena_printf(arena, "%s%s$", out, deep ? "(?:/[^/]+)*" : "");
}

/* The folder that a path of the file means, below the policy's; NULL when outside of it. */
static const char *place(const struct foreign *f, const struct archlint *a, const char *text)
{
	text += strspn(text, "/");
	if (!*text)
		return a->workdir;
	if (a->workdir && *a->workdir)
		text = path_join(f->arena, a->workdir, text);
	text = path_clean(f->arena, text);
	return text && !strcmp(text, ".") ? "" : text;
}

/* As a pattern of ours, or NULL: ** is a whole segment, and goes down to the end. */
static const char *as_pattern(const char *place, struct arena *arena)
{
	const char *deep = strstr(place, "**");
	size_t len = strlen(place);

	if (strpbrk(place, "?[\\]{}"))
		return NULL;
	if (!*place)
		return ".";
	if (!deep || (len >= 2 && !strcmp(place + len - 2, "**")))
		return place;
	return arena_printf(arena, "%s/**", place);
}

static int read_glob(struct foreign *f, const struct yaml_node *at, const char *key,
		     const char *regex, const struct regex **ret, struct err *err)
{
	struct err own = ERR_INIT;

	if (!regex_new(regex, f->arena, ret, &own))
		return 0;
	return yaml_error(at, err, "'%.100s' has the pattern '%.100s': %.120s", key, at->text,
			  own.msg);
}

static int read_component(struct foreign *f, struct archlint *a, const struct yaml_pair *pair,
			  struct component *c, struct err *err)
{
	const char *key = arena_printf(f->arena, "components.%.200s", pair->key->text);
	struct foreign_texts in;

	c->name = pair->key->text;
	c->at = pair->key;
	c->in = foreign_mark(f, key, pair->key, false);
	c->held = foreign_mark(f, key, pair->key, true);
	if (pair->value->kind != YAML_MAP || !yaml_get(pair->value, "in"))
		return yaml_error(pair->value, err, "'%.100s' needs 'in'", key);
	foreign_unknown(f, pair->value, arena_printf(f->arena, "%s.", key), "in");
	if (foreign_texts(f, yaml_get(pair->value, "in"), key, &in, err))
		return -1;
	c->glob = arena_array(f->arena, const struct regex *, in.count);
	for (uint32_t i = 0; i < in.count; i++) {
		const char *folder = place(f, a, in.item[i]->text), *pattern;

		if (!folder) {
			foreign_lost(f, in.item[i], key, "'%.200s' leads out of the repository",
				     in.item[i]->text);
			continue;
		}
		const char *subject = *folder ? arena_printf(f->arena, "/%s", folder) : "";

		if (read_glob(f, in.item[i], key, glob_regex(subject, f->arena),
			      &c->glob[c->nglobs], err))
			return -1;
		c->nglobs++;
		pattern = as_pattern(folder, f->arena);
		if (pattern)
			foreign_pattern(f, pattern, in.item[i], true);
		else
			foreign_near(f, in.item[i], key, "'%.200s' has no like here: the folders "
				     "that it matches today are listed", in.item[i]->text);
	}
	return 0;
}

static int read_components(struct foreign *f, struct archlint *a, struct err *err)
{
	const struct yaml_node *n = yaml_get(f->tree, "components");

	if (!n || n->kind != YAML_MAP || !n->count)
		return yaml_error(n ? n : f->tree, err, "there are no components");
	a->component = arena_array(f->arena, struct component, n->count);
	a->ncomponents = n->count;
	for (uint32_t i = 0; i < n->count; i++)
		if (read_component(f, a, &n->pair[i], &a->component[i], err))
			return -1;
	return 0;
}

/* "**" is any text, "*" at least one byte of a segment; all else is meant as it stands. */
static const char *vendor_regex(const char *text, struct arena *arena)
{
	const char *out = "^";

	for (const char *p = text; *p;) {
		size_t len = strcspn(p, "*");

		out = arena_printf(arena, "%s%s", out,
				   regex_quote(arena_strndup(arena, p, len), arena));
		p += len;
		if (*p)
			out = arena_printf(arena, "%s%s", out, p[1] == '*' ? ".*" : "[^/]+");
		p += !*p ? 0 : p[1] == '*' ? 2 : 1;
	}
	return arena_printf(arena, "%s$", out);
}

static int read_vendors(struct foreign *f, struct archlint *a, struct err *err)
{
	const struct yaml_node *n = yaml_get(f->tree, "vendors");

	if (!n || foreign_want_map(n, "vendors", err))
		return n ? -1 : 0;
	a->vendor = arena_array(f->arena, struct vendor, n->count);
	for (uint32_t i = 0; i < n->count; i++) {
		struct vendor *v = &a->vendor[i];
		const char *key = arena_printf(f->arena, "vendors.%.200s", n->pair[i].key->text);

		v->name = n->pair[i].key->text;
		v->mark = foreign_mark(f, key, n->pair[i].key, false);
		if (n->pair[i].value->kind != YAML_MAP)
			return yaml_error(n->pair[i].value, err, "'%.100s' needs 'in'", key);
		if (foreign_texts(f, yaml_get(n->pair[i].value, "in"), key, &v->in, err))
			return -1;
		v->glob = arena_array(f->arena, const struct regex *, v->in.count);
		for (uint32_t k = 0; k < v->in.count; k++)
			if (read_glob(f, v->in.item[k], key,
				      vendor_regex(v->in.item[k]->text, f->arena), &v->glob[k],
				      err))
				return -1;
		a->nvendors++;
	}
	return 0;
}

static bool *component_of(struct archlint *a, bool *list, const char *name)
{
	for (uint32_t i = 0; i < a->ncomponents; i++)
		if (!strcmp(a->component[i].name, name))
			return &list[i];
	return NULL;
}

static bool *vendor_of(struct archlint *a, bool *list, const char *name)
{
	for (uint32_t i = 0; i < a->nvendors; i++)
		if (!strcmp(a->vendor[i].name, name))
			return &list[i];
	return NULL;
}

/* Names of a list of components or vendors, true in `list`. */
static int read_names(struct foreign *f, struct archlint *a, const struct yaml_node *n,
		      const char *key, bool vendors, bool *list, struct err *err)
{
	struct foreign_texts names;

	if (foreign_texts(f, n, key, &names, err))
		return -1;
	for (uint32_t i = 0; i < names.count; i++) {
		const char *name = names.item[i]->text;
		bool *one = vendors ? vendor_of(a, list, name) : component_of(a, list, name);

		if (one)
			*one = true;
		else
			foreign_lost(f, names.item[i], key, "there is no %s '%.200s'",
				     vendors ? "vendor" : "component", name);
	}
	return 0;
}

static int read_dep(struct foreign *f, struct archlint *a, const struct yaml_pair *pair,
		    struct err *err)
{
	const char *key = arena_printf(f->arena, "deps.%.200s", pair->key->text);
	const struct yaml_node *n = pair->value;
	struct component *c = NULL;
	bool deep = false;

	for (uint32_t i = 0; i < a->ncomponents; i++)
		if (!strcmp(a->component[i].name, pair->key->text))
			c = &a->component[i];
	if (foreign_want_map(n, key, err))
		return -1;
	if (!c) {
		foreign_lost(f, pair->key, key, "there is no component of this name");
		return 0;
	}
	foreign_unknown(f, n, arena_printf(f->arena, "%s.", key),
			"mayDependOn canUse anyProjectDeps anyVendorDeps deepScan");
	if (foreign_flag(yaml_get(n, "deepScan"), key, &deep, err))
		return -1;
	if (deep)
		foreign_lost(f, yaml_get(n, "deepScan"),
			     arena_printf(f->arena, "%s.deepScan", key),
			     "calls through injected values are not judged, imports are");
	return foreign_flag(yaml_get(n, "anyProjectDeps"), key, &c->any_project, err) ||
	       foreign_flag(yaml_get(n, "anyVendorDeps"), key, &c->any_vendor, err) ||
	       read_names(f, a, yaml_get(n, "mayDependOn"),
			  arena_printf(f->arena, "%s.mayDependOn", key), false, c->uses, err) ||
	       read_names(f, a, yaml_get(n, "canUse"), arena_printf(f->arena, "%s.canUse", key),
			  true, c->vendor, err) ? -1 : 0;
}

static int read_deps(struct foreign *f, struct archlint *a, struct err *err)
{
	const struct yaml_node *n = yaml_get(f->tree, "deps");
	bool *common = arena_array(f->arena, bool, a->ncomponents);
	bool *vendors = arena_array(f->arena, bool, a->nvendors);

	if (read_names(f, a, yaml_get(f->tree, "commonComponents"), "commonComponents", false,
		       common, err) ||
	    read_names(f, a, yaml_get(f->tree, "commonVendors"), "commonVendors", true, vendors,
		       err) || (n && foreign_want_map(n, "deps", err)))
		return -1;
	for (uint32_t i = 0; i < a->ncomponents; i++) {
		struct component *c = &a->component[i];

		c->uses = arena_array(f->arena, bool, a->ncomponents);
		c->vendor = arena_array(f->arena, bool, a->nvendors);
		memcpy(c->uses, common, a->ncomponents * sizeof(*common));
		if (a->nvendors)
			memcpy(c->vendor, vendors, a->nvendors * sizeof(*vendors));
	}
	for (uint32_t i = 0; n && i < n->count; i++)
		if (read_dep(f, a, &n->pair[i], err))
			return -1;
	return 0;
}

/* Test files are not judged here, whatever is said of them. */
static bool is_about_tests(const char *text)
{
	static const char *const forms[] = { "^.*_test\\.go$", "_test\\.go$", ".*_test\\.go$",
					     "^.*_test.go$", "_test.go$", ".*_test.go$",
					     "^.*_test\\.go", ".*_test\\.go", "_test\\.go" };

	for (unsigned i = 0; i < ARRAY_SIZE(forms); i++)
		if (!strcmp(forms[i], text))
			return true;
	return false;
}

static int read_excludes(struct foreign *f, struct archlint *a, struct err *err)
{
	struct foreign_texts folders, files;
	bool tests = false;

	if (foreign_texts(f, yaml_get(f->tree, "exclude"), "exclude", &folders, err) ||
	    foreign_texts(f, yaml_get(f->tree, "excludeFiles"), "excludeFiles", &files, err))
		return -1;
	a->exclude = arena_array(f->arena, const struct regex *, folders.count);
	a->exclude_file = arena_array(f->arena, const struct regex *, files.count);
	for (uint32_t i = 0; i < folders.count; i++) {
		const char *at = place(f, a, folders.item[i]->text);
		const char *regex, *pattern;

		if (!at)
			continue;
		/* What begins with its path: folders beside it with a longer name too. */
		regex = glob_regex(arena_printf(f->arena, *at ? "/%s" : "%s", at), f->arena);
		if (read_glob(f, folders.item[i], "exclude",
			      arena_strndup(f->arena, regex, strlen(regex) - 1),
			      &a->exclude[a->nexclude], err))
			return -1;
		a->nexclude++;
		pattern = as_pattern(at, f->arena);
		if (pattern && *at)
			foreign_pattern(f, strstr(pattern, "**") ? pattern :
					arena_printf(f->arena, "%s/**", pattern),
					folders.item[i], false);
	}
	for (uint32_t i = 0; i < files.count; i++) {
		if (read_glob(f, files.item[i], "excludeFiles", files.item[i]->text,
			      &a->exclude_file[a->nexclude_file], err))
			return -1;
		a->nexclude_file++;
		tests |= is_about_tests(files.item[i]->text);
	}
	if (!tests)
		foreign_lost(f, yaml_get(f->tree, "excludeFiles"), "excludeFiles",
			     "go-arch-lint judges test files here, a policy does not");
	return 0;
}

static int read_options(struct foreign *f, struct archlint *a, struct err *err)
{
	const struct yaml_node *allow = yaml_get(f->tree, "allow");
	const struct yaml_node *version = yaml_get(f->tree, "version");
	const struct yaml_node *workdir = yaml_get(f->tree, "workdir");
	bool deep, ignore = false;
	uint32_t number;

	if (!version || !yaml_uint(version, &number) || number < 1 || number > 3)
		return yaml_error(version ? version : f->tree, err,
				  "'version' must be 1, 2 or 3");
	deep = number == 3;
	if (workdir && workdir->kind != YAML_TEXT)
		return yaml_error(workdir, err, "'workdir' wants text");
	if (workdir && !yaml_is_null(workdir)) {
		a->workdir = path_clean(f->arena, workdir->text + strspn(workdir->text, "/"));
		if (!a->workdir)
			return yaml_error(workdir, err, "'workdir' leads out of the repository");
		if (!strcmp(a->workdir, "."))
			a->workdir = "";
	}
	foreign_unknown(f, f->tree, "", KEYS);
	if (allow && foreign_want_map(allow, "allow", err))
		return -1;
	foreign_unknown(f, allow, "allow.", "depOnAnyVendor deepScan ignoreNotFoundComponents");
	allow = allow && allow->kind == YAML_MAP ? allow : NULL;
	if (allow &&
	    (foreign_flag(yaml_get(allow, "depOnAnyVendor"), "allow.depOnAnyVendor",
			  &a->all_vendors, err) ||
	     foreign_flag(yaml_get(allow, "deepScan"), "allow.deepScan", &deep, err) ||
	     foreign_flag(yaml_get(allow, "ignoreNotFoundComponents"),
			  "allow.ignoreNotFoundComponents", &ignore, err)))
		return -1;
	if (deep)
		foreign_lost(f, allow ? yaml_get(allow, "deepScan") : NULL, "allow.deepScan",
			     "calls through injected values are not judged, imports are");
	return 0;
}

static const char *subject_of(const struct foreign *f, const char *folder)
{
	return *folder ? arena_printf(f->arena, "/%s", folder) : "";
}

bool archlint_in(const struct foreign *f, const struct component *c, const char *folder)
{
	const char *subject = subject_of(f, folder);

	for (uint32_t i = 0; i < c->nglobs; i++)
		if (regex_find(c->glob[i], subject))
			return true;
	return false;
}

/* Files are compared as if the repository stood elsewhere: the real place must not matter. */
bool archlint_excluded(const struct foreign *f, const struct archlint *a, const char *folder,
		       const char *name)
{
	const char *subject = subject_of(f, folder);

	for (uint32_t i = 0; i < a->nexclude; i++)
		if (regex_find(a->exclude[i], subject))
			return true;
	subject = arena_printf(f->arena, "/repository%s/%s", subject, name);
	for (uint32_t i = 0; i < a->nexclude_file; i++)
		if (regex_find(a->exclude_file[i], subject))
			return true;
	return false;
}

/* How many files each component matches decides who gets a file that several match. */
static void count_files(struct foreign *f, struct archlint *a)
{
	for (uint32_t i = 0; i < f->npackages; i++) {
		const struct foreign_package *p = &f->package[i];

		if (p->sample || !foreign_within(p->folder, a->workdir))
			continue;
		const struct go_dir *d = &f->source->dir[f->graph->dir[p->node].v];
		uint32_t files = 0;

		for (uint32_t n = d->file_first; n < d->file_first + d->nfiles; n++)
			files += !archlint_excluded(f, a, p->folder,
					sym_text(f->source->syms, f->source->file[n].name));
		for (uint32_t c = 0; c < a->ncomponents; c++)
			if (archlint_in(f, &a->component[c], p->folder))
				a->component[c].files += files;
	}
}

int archlint_read(struct foreign *f, struct err *err)
{
	struct archlint *a = arena_new(f->arena, struct archlint);

	a->workdir = "";

	f->own = a;
	f->open = true;
	if (foreign_want_map(f->tree, "the file", err) || read_options(f, a, err) ||
	    read_components(f, a, err) || read_vendors(f, a, err) || read_deps(f, a, err) ||
	    read_excludes(f, a, err))
		return -1;
	a->project = foreign_mark(f, "", NULL, false);
	a->judged = foreign_mark(f, "", NULL, false);
	count_files(f, a);
	return 0;
}
