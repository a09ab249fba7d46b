/* SPDX-License-Identifier: MIT */
/*
 * cleanarch.c - the fixed layers of go-cleanarch 1.2: the last folder of a path
 * with a known name says the layer, the folder above it the module.  Inside of a
 * module imports go inwards; from one module into another one only infrastructure
 * may import interfaces.  Modules become contexts.
 */
#include "analyzers/foreign/foreign.h"

#include <stdlib.h>
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

		/* What no pattern can say is no module. */
		if (strpbrk(part, "{}*?[]\\"))
			break;

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

/* A context of its own: a module that the template alone does not place. */
struct own_context {
	const char *module, *name;
	const char **folder;            /* listed by name */
	uint32_t nfolders, cap;
	bool root;                      /* the repository itself: layers stand at its root */
};

struct contexts {
	struct own_context *item;       /* malloc */
	uint32_t count, cap;
	bool *listed;                   /* [npackages] */
};

static struct own_context *own_context(struct foreign *f, struct contexts *c, const char *module)
{
	for (uint32_t i = 0; i < c->count; i++)
		if (!strcmp(c->item[i].module, module))
			return &c->item[i];
	/* No context is called like a layer, nor like what has a meaning of its own. */
	bool taken = !strcmp(module, "rest") || !strcmp(module, "any") || !strcmp(module, "none") ||
		     !strcmp(module, "shared") || !strcmp(module, "unmapped");

	for (unsigned l = 0; l < LAYERS; l++)
		taken |= !strcmp(layers[l].name, module);
	VEC_RESERVE(c->item, c->cap, c->count + 1);
	c->item[c->count] = (struct own_context){
		.module = module,
		.name = taken ? arena_printf(f->arena, "%s-module", module) : module,
	};
	return &c->item[c->count++];
}

static void list_folder(struct foreign *f, struct contexts *c, uint32_t package,
			const char *module)
{
	const char *folder = f->package[package].folder;
	struct own_context *own = own_context(f, c, module);

	if (c->listed[package])
		return;
	c->listed[package] = true;
	VEC_RESERVE(own->folder, own->cap, own->nfolders + 1);
	own->folder[own->nfolders++] = *folder ? folder : ".";
}

static bool matches_any(const struct foreign *f, const char *text)
{
	const struct pattern *p;
	struct err ignored = ERR_INIT;
	uint32_t byte;

	if (pattern_new(text, f->arena, &p, &byte, &ignored))
		return false;
	for (uint32_t i = 0; i < f->npackages && !f->package[i].sample; i++)
		if (pattern_match(p, f->matcher, f->package[i].folder, NULL, &ignored) > 0)
			return true;
	return false;
}

static const char *put_item(const struct foreign *f, const char *text, const char *item)
{
	return arena_printf(f->arena, "%s      - %s\n", text, yaml_scalar(item, false, f->arena));
}

/* The patterns of layers that packages won; those of one context only where they match. */
static const char *module_patterns(const struct foreign *f, const struct own_context *own)
{
	const char *in = "";

	for (uint32_t i = 0; i < f->npatterns; i++) {
		const char *text = f->pattern[i].text;
		bool module = strstr(text, MODULE) != NULL;

		if (f->pattern[i].group == ID_NONE)
			continue;
		if (module && own)
			text = pattern_put(text, "module", own->module, f->arena);
		/* Those of the root are its own context's; without a tree all are wanted. */
		if ((module || (own && own->root && *text != '*' && strstr(text, "/**"))) &&
		    (!f->npackages || f->package[0].sample || matches_any(f, text)))
			in = put_item(f, in, text);
	}
	return in;
}

static const char *contexts_text(const struct foreign *f, const struct contexts *c)
{
	const char *in = module_patterns(f, NULL), *text = "contexts:\n";

	/* Without patterns of its own it would have those of the layers. */
	if (*in)
		text = arena_printf(f->arena, "%s  \"" MODULE "\":  # the folder above a layer\n"
				    "    in:\n%s    uses: none\n", text, in);

	for (uint32_t i = 0; i < c->count; i++) {
		const struct own_context *own = &c->item[i];

		text = arena_printf(f->arena, "%s  %s:  # %s\n    in:\n%s", text,
				    yaml_scalar(own->name, false, f->arena), own->root ?
				    "layers at the root" :
				    "folders that the pattern alone does not tell",
				    module_patterns(f, own));
		for (uint32_t k = 0; k < own->nfolders; k++)
			text = put_item(f, text, own->folder[k]);
		text = arena_printf(f->arena, "%s    uses: none\n", text);
	}
	return text;
}

static const char *context_name(const struct contexts *c, const char *module)
{
	for (uint32_t i = 0; i < c->count; i++)
		if (!strcmp(c->item[i].module, module))
			return c->item[i].name;
	return module;
}

/* Where the contexts as they are would put packages, and lists those that belong elsewhere. */
static bool correct(struct foreign *f, struct contexts *c)
{
	const char *text = arena_printf(f->arena, "version: 1\n%s", contexts_text(f, c));
	struct err ignored = ERR_INIT;
	const struct mapping *m = NULL;
	const struct policy *read;
	struct policy *policy;
	bool changed = false;

	if (policy_read(POLICY_FILE, text, strlen(text), f->arena, &read, NULL, &ignored))
		return false;
	policy = arena_new(f->arena, struct policy);
	*policy = *read;
	policy->folder = f->folder;
	/* Two patterns that are equal: then every folder is listed. */
	if (mapping_build(policy, f->source, f->graph, f->arena, &m, &ignored))
		m = NULL;
	for (uint32_t i = 0; i < f->npackages && !f->package[i].sample; i++) {
		const struct foreign_package *p = &f->package[i];
		struct meta want = meta_of(f, p->path);
		uint32_t got = m ? m->of[p->node].context : POLICY_NONE;

		if (want.layer == LAYERS || c->listed[i] ||
		    (got != POLICY_NONE && !strcmp(sym_text(f->source->syms, m->context[got].name),
						   context_name(c, want.module))))
			continue;
		list_folder(f, c, i, want.module);
		changed = true;
	}
	return changed;
}

/* Folders of infrastructure that import interfaces of another module. */
static const char *exceptions_text(const struct foreign *f)
{
	const struct graph *g = f->graph;
	const char *text = "";

	for (uint32_t i = 0; g && i < f->npackages && !f->package[i].sample; i++) {
		const struct foreign_package *p = &f->package[i];
		struct meta from = meta_of(f, p->path);

		if (from.layer != INFRASTRUCTURE)
			continue;
		graph_foreach_out(g, p->node, e) {
			uint32_t node = g->out_to[e], k = 0;
			struct meta to = meta_of(f, sym_text(g->syms, g->label[node]));

			while (k < f->npackages && f->package[k].node != node)
				k++;
			if (to.layer != INTERFACES || !strcmp(to.module, from.module) ||
			    k == f->npackages)
				continue;
			text = arena_printf(f->arena, "%s  - from: %s\n    to: %s\n"
				"    rule: context-pair\n    reason: infrastructure may import the "
				"interfaces of another module\n", text,
				yaml_scalar(*p->folder ? p->folder : ".", false, f->arena),
				yaml_scalar(*f->package[k].folder ? f->package[k].folder : ".",
					    false, f->arena));
		}
	}
	return text;
}

/* Are there layers right at the root?  Their module is the repository. */
static bool has_root(const struct foreign *f)
{
	for (uint32_t i = 0; *f->module && i < f->npackages && !f->package[i].sample; i++) {
		const char *folder = f->package[i].folder;

		if (layer_of(arena_strndup(f->arena, folder, strcspn(folder, "/"))) != LAYERS)
			return true;
	}
	return false;
}

static void more(struct foreign *f)
{
	struct contexts c = { .listed = arena_array(f->arena, bool, f->npackages) };
	const char *slash = strrchr(f->module, '/');
	const char *exceptions;

	if (has_root(f))
		own_context(f, &c, slash ? slash + 1 : f->module)->root = true;
	/* Each round lists folders, which nothing beats: the last one finds nothing more. */
	while (f->graph && correct(f, &c))
		;
	f->more = contexts_text(f, &c);
	exceptions = exceptions_text(f);
	if (*exceptions)
		f->more = arena_printf(f->arena, "%s\nexceptions:\n%s", f->more, exceptions);
	foreign_near(f, NULL, "interfaces", "infrastructure may import the interfaces of any other "
		     "module: here what does so today is an exception");
	for (uint32_t i = 0; i < c.count; i++)
		free(c.item[i].folder);
	free(c.item);
}

const struct foreign_format foreign_cleanarch = {
	.read = read_cleanarch, .look = look, .forbids = forbids, .denies = denies, .name = name,
	.more = more,
};
