/* SPDX-License-Identifier: MIT */
/*
 * cleanarch.c - the fixed layers of go-cleanarch 1.2: the last folder of a path
 * with a known name says the layer, the folder above it the module.  Inside of a
 * module imports go inwards; from one module into another one only infrastructure
 * may import interfaces.  Modules become contexts.
 */
#include "analyzers/foreign/foreign.h"

#include <string.h>

enum layer { DOMAIN, APPLICATION, INTERFACES, INFRASTRUCTURE, LAYERS };

static const struct { const char *name, *alias[6]; } layers[LAYERS] = {
	[DOMAIN] = { "domain", { "domain", "entities" } },
	[APPLICATION] = { "application",
			  { "app", "application", "usecases", "usecase", "use_cases" } },
	[INTERFACES] = { "interfaces", { "interfaces", "interface", "adapters", "adapter" } },
	[INFRASTRUCTURE] = { "infrastructure", { "infrastructure", "infra" } },
};

#define MODULE "{module}"

struct meta {
	enum layer layer;               /* LAYERS = none */
	const char *module;
};

static enum layer layer_of(const char *folder)
{
	for (unsigned l = 0; l < LAYERS; l++)
		for (unsigned a = 0; a < ARRAY_SIZE(layers[l].alias) && layers[l].alias[a]; a++)
			if (!strcmp(layers[l].alias[a], folder))
				return (enum layer)l;
	return LAYERS;
}

/* From the end: the first known folder, and what stands before it. */
static struct meta meta_of(const struct foreign *f, const char *path)
{
	struct meta m = { .layer = LAYERS };
	size_t end = strlen(path);

	while (end) {
		size_t begin = end;

		while (begin && path[begin - 1] != '/')
			begin--;
		const char *part = arena_strndup(f->arena, path + begin, end - begin);

		if (m.layer != LAYERS) {
			m.module = part;
			return m;
		}
		m.layer = layer_of(part);
		end = begin ? begin - 1 : 0;
	}
	m.layer = LAYERS;
	return m;
}

/* Has a package of the tree its layer by this name? */
static bool is_used(const struct foreign *f, const char *alias)
{
	const char *end = arena_printf(f->arena, "/%s", alias);
	const char *middle = arena_printf(f->arena, "/%s/", alias);

	for (uint32_t i = 0; i < f->npackages; i++) {
		const char *path = f->package[i].path, *found = strstr(path, end);
		size_t len = strlen(path), n = strlen(end);

		if (!f->package[i].sample && found &&
		    (strstr(path, middle) || (len >= n && !strcmp(path + len - n, end))))
			return true;
	}
	return false;
}

/* Names that no folder has would be patterns that match nothing; one of each layer stays. */
static void put_layer(struct foreign *f, unsigned l, const char **unused)
{
	bool any = false;

	for (unsigned a = 0; a < ARRAY_SIZE(layers[l].alias) && layers[l].alias[a]; a++)
		any |= is_used(f, layers[l].alias[a]);
	for (unsigned a = 0; a < ARRAY_SIZE(layers[l].alias) && layers[l].alias[a]; a++) {
		const char *alias = layers[l].alias[a];

		if (f->npackages && !is_used(f, alias) && (any || a)) {
			*unused = arena_printf(f->arena, "%s%s%s", *unused, **unused ? ", " : "",
					       alias);
			continue;
		}
		foreign_pattern(f, arena_printf(f->arena, "**/" MODULE "/%s/**", alias), NULL,
				true);
		foreign_pattern(f, arena_printf(f->arena, "%s/**", alias), NULL, false);
	}
}

static int read_cleanarch(struct foreign *f, struct err *err UNUSED)
{
	const char *unused = "";

	for (unsigned l = 0; l < LAYERS; l++) {
		foreign_mark(f, layers[l].name, NULL, true);
		put_layer(f, l, &unused);
	}
	if (*unused)
		foreign_near(f, NULL, "names", "layers may have these names as well, which no "
			     "folder has today: %s", unused);
	foreign_lost(f, NULL, "tests", "go-cleanarch judges test files unless told -ignore-tests: "
		     "here those that import another module are warnings");
	return 0;
}

static void look(const struct foreign *f, struct foreign_package *p)
{
	struct meta m = meta_of(f, p->path);

	if (m.layer != LAYERS)
		foreign_set(p, m.layer, true);
}

static enum layer marked(const struct foreign_package *p)
{
	unsigned l = 0;

	while (l < LAYERS && !foreign_has(p, l))
		l++;
	return (enum layer)l;
}

static bool forbids(const struct foreign *f UNUSED, const struct foreign_package *from,
		    const struct foreign_package *to)
{
	enum layer a = marked(from), b = marked(to);

	return a != LAYERS && b != LAYERS && b > a;
}

/* A path outside that looks like a layer is one of another module. */
static bool denies(const struct foreign *f, const struct foreign_package *from, const char *path)
{
	enum layer a = marked(from), b = meta_of(f, path).layer;

	return a != LAYERS && b != LAYERS && !(a == INFRASTRUCTURE && b == INTERFACES);
}

static const char *name(struct foreign *f UNUSED, const struct foreign_package *p)
{
	enum layer l = marked(p);

	return l == LAYERS ? NULL : layers[l].name;
}

/* Does the path have this folder, and its layer by it? */
static bool is_by(const struct foreign *f, uint32_t node, enum layer layer, const char *alias)
{
	const char *path = sym_text(f->graph->syms, f->graph->label[node]);
	size_t len = strlen(path), n = strlen(alias);

	return meta_of(f, path).layer == layer &&
	       (strstr(path, arena_printf(f->arena, "/%s/", alias)) ||
		(len > n && path[len - n - 1] == '/' && !strcmp(path + len - n, alias)));
}

/* Does infrastructure of one module import interfaces of another one, under these names? */
static bool crosses(const struct foreign *f, const char *infrastructure, const char *interfaces)
{
	const struct graph *g = f->graph;

	for (uint32_t p = 0; g && p < g->npkgs; p++) {
		if (!is_by(f, p, INFRASTRUCTURE, infrastructure))
			continue;
		graph_foreach_out(g, p, e) {
			uint32_t to = g->out_to[e];

			if (is_by(f, to, INTERFACES, interfaces) &&
			    strcmp(meta_of(f, sym_text(g->syms, g->label[p])).module,
				   meta_of(f, sym_text(g->syms, g->label[to])).module) != 0)
				return true;
		}
	}
	return false;
}

/* Layers at the root of the repository: their module is the repository. */
static const char *root_patterns(const struct foreign *f)
{
	const char *text = "";

	for (uint32_t i = 0; i < f->npatterns; i++)
		if (f->pattern[i].group != ID_NONE && !strstr(f->pattern[i].text, MODULE) &&
		    f->pattern[i].text[0] != '*')
			text = arena_printf(f->arena, "%s%s%s", text, *text ? ", " : "",
					    yaml_scalar(f->pattern[i].text, true, f->arena));
	return text;
}

static void put_exceptions(struct foreign *f)
{
	const char *text = "";

	for (unsigned a = 0; layers[INFRASTRUCTURE].alias[a]; a++)
		for (unsigned b = 0; layers[INTERFACES].alias[b]; b++)
			if (crosses(f, layers[INFRASTRUCTURE].alias[a],
				    layers[INTERFACES].alias[b]))
				text = arena_printf(f->arena,
					"%s  - from: \"**/%s/**\"\n    to: \"**/%s/**\"\n"
					"    rule: context-pair\n    reason: infrastructure may "
					"import the interfaces of another module\n", text,
					layers[INFRASTRUCTURE].alias[a],
					layers[INTERFACES].alias[b]);
	if (*text)
		f->more = arena_printf(f->arena, "%s\nexceptions:\n%s", f->more, text);
	else
		foreign_near(f, NULL, "interfaces", "infrastructure may import the interfaces of "
			     "another module: nothing here does, so it is no exception yet");
}

/* The patterns of layers that packages won, or all where there is no tree. */
static const char *module_patterns(const struct foreign *f)
{
	const char *in = "";

	for (uint32_t i = 0; i < f->npatterns; i++)
		if (f->pattern[i].group != ID_NONE && strstr(f->pattern[i].text, MODULE))
			in = arena_printf(f->arena, "%s      - \"%s\"\n", in, f->pattern[i].text);
	return in;
}

static void more(struct foreign *f)
{
	const char *root = root_patterns(f);
	const char *slash = strrchr(f->module, '/');

	f->more = arena_printf(f->arena, "contexts:\n"
			       "  \"" MODULE "\":  # the folder above a layer\n"
			       "    in:\n%s    uses: none\n", module_patterns(f));
	if (*root)
		f->more = arena_printf(f->arena, "%s  %s-repository:  # layers at the root\n"
				       "    in: [%s]\n    uses: none\n", f->more,
				       slash ? slash + 1 : *f->module ? f->module : "this", root);
	put_exceptions(f);
}

const struct foreign_format foreign_cleanarch = {
	.read = read_cleanarch, .look = look, .forbids = forbids, .denies = denies, .name = name,
	.more = more,
};
