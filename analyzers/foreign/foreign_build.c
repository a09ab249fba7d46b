/* SPDX-License-Identifier: MIT */
/*
 * foreign_build.c - from a foreign file and the packages of the tree to groups:
 * packages with equal marks are one; those that behave alike become one layer.
 */
#include "analyzers/foreign/foreign.h"
#include "base/limits.h"
#include "graph/source/tree.h"

#include <stdlib.h>
#include <string.h>

#define REST "rest"                     /* of no rule at all */
#define OTHERS "others"                 /* of no rule of their own */
#define ALL "**"

struct build {
	struct foreign *f;
	bool *forbids;                  /* [ngroups * ngroups] */
	const char *const *outside;
	uint32_t noutside;
};

static void add_package(struct foreign *f, const char *folder, const char *path, uint32_t node)
{
	VEC_RESERVE(f->package, f->package_cap, f->npackages + 1);
	f->package[f->npackages++] = (struct foreign_package){
		.folder = folder, .path = path, .node = node, .sample = node == ID_NONE,
	};
}

/* What stands at or below the policy's folder, in the order of the graph: by folder. */
static void add_packages(struct foreign *f)
{
	const struct graph *g = f->graph;

	for (uint32_t p = 0; g && p < g->npkgs; p++) {
		const char *id = sym_text(g->syms, g->id[p]);
		const char *folder = path_below(strcmp(id, ".") ? id : "", f->folder);

		if (folder && g->dir[p].v != ID_NONE && !(g->flags[p] & NODE_XTEST))
			add_package(f, folder, sym_text(g->syms, g->label[p]), p);
	}
}

/* The import path of the policy's folder: of its module, or what a package of it says. */
static const char *find_module(const struct foreign *f)
{
	const char *best = "";

	for (uint32_t m = 0; f->source && m < f->source->nmodules; m++) {
		const struct go_module *module = &f->source->module[m];
		const char *folder = sym_text(f->source->syms, module->folder);
		const char *below = path_below(f->folder, folder);
		const char *path = sym_text(f->source->syms, module->prefix);

		if (below && *path && strlen(path) + strlen(below) + 1 > strlen(best))
			best = path_join(f->arena, path, below);
	}
	return best;
}

/* What a folder that the pattern matches could be called: "internal/sample"; ** is nothing. */
static const char *sample_of(const struct foreign *f, const char *text)
{
	const char *folder = "";

	for (const char *p = text; *p; p += strspn(p, "/")) {
		size_t len = strcspn(p, "/");
		const char *segment = arena_strndup(f->arena, p, len), *star;

		p += len;
		if (!strcmp(segment, "**") || !strcmp(segment, "."))
			continue;
		segment = pattern_put(segment, "module", "sample", f->arena);
		while ((star = strchr(segment, '*')))
			segment = arena_printf(f->arena, "%.*ssample%s", (int)(star - segment),
					       segment, star + 1);
		folder = path_join(f->arena, folder, segment);
	}
	return folder;
}

/* A package that the pattern decides about, if one can be made up. */
static void add_sample(struct foreign *f, uint32_t pattern)
{
	const char *folder = sample_of(f, f->pattern[pattern].text);

	if (foreign_winner(f, folder, false) != pattern)
		folder = path_join(f->arena, folder, "sample");
	if (foreign_winner(f, folder, false) == pattern)
		add_package(f, folder, *f->module ? path_join(f->arena, f->module, folder) :
			    folder, ID_NONE);
}

static void add_samples(struct foreign *f)
{
	bool *won = arena_array(f->arena, bool, f->npatterns);

	for (uint32_t i = 0; i < f->npackages; i++) {
		uint32_t best = foreign_winner(f, f->package[i].folder, false);

		if (best != ID_NONE)
			won[best] = true;
	}
	for (uint32_t i = 0; i < f->npatterns; i++)
		if (f->pattern[i].sample && !won[i])
			add_sample(f, i);
}

void foreign_pattern(struct foreign *f, const char *text, const struct yaml_node *at, bool sample)
{
	struct foreign_pattern p = {
		.text = text, .at = at, .sample = sample, .group = ID_NONE,
	};
	struct err ignored = ERR_INIT;
	uint32_t byte;

	for (uint32_t i = 0; i < f->npatterns; i++)
		if (!strcmp(f->pattern[i].text, text)) {
			f->pattern[i].sample |= sample;
			return;
		}
	if (pattern_new(text, f->arena, &p.compiled, &byte, &ignored)) {
		foreign_near(f, at, "pattern", "'%.100s' has no like here (%.100s): the folders "
			     "that it matches today are listed", text, ignored.msg);
		return;
	}
	VEC_RESERVE(f->pattern, f->pattern_cap, f->npatterns + 1);
	f->pattern[f->npatterns++] = p;
}

static bool same_marks(const struct foreign *f, const struct foreign_package *a,
		       const struct foreign_package *b)
{
	return !memcmp(a->mark, b->mark, f->words * sizeof(*a->mark));
}

static int find_groups(struct foreign *f, struct err *err)
{
	f->words = f->nmarks / 64 + 1;
	for (uint32_t i = 0; i < f->npackages; i++) {
		struct foreign_package *p = &f->package[i];
		uint32_t g = 0;

		p->mark = arena_array(f->arena, uint64_t, f->words);
		f->row->format->look(f, p);
		while (g < f->ngroups && !same_marks(f, &f->package[f->group[g].speaker], p))
			g++;
		if (g == limit_of(LIMIT_FOREIGN_GROUPS))
			return err_set(err, ERR_CONFIG, "'%.200s' parts the packages into more "
				       "groups than the limit import-layers, %u",
				       f->file ? f->file : f->row->name, g);
		if (g == f->ngroups) {
			VEC_RESERVE(f->group, f->group_cap, f->ngroups + 1);
			f->group[f->ngroups++] = (struct foreign_group){ .speaker = i, .into = g };
		}
		p->group = g;
		f->group[g].packages += !p->sample;
	}
	return 0;
}

static const struct foreign_package *speaker(const struct foreign *f, uint32_t group)
{
	return &f->package[f->group[group].speaker];
}

static void find_forbidden(struct build *b)
{
	struct foreign *f = b->f;

	b->forbids = arena_array(f->arena, bool, (size_t)f->ngroups * f->ngroups);
	for (uint32_t i = 0; i < f->ngroups; i++)
		for (uint32_t k = 0; k < f->ngroups; k++)
			b->forbids[(size_t)i * f->ngroups + k] =
				f->row->format->forbids(f, speaker(f, i), speaker(f, k));
}

static bool forbids(const struct build *b, uint32_t from, uint32_t to)
{
	return b->forbids[(size_t)from * b->f->ngroups + to];
}

static bool same_list(const struct foreign_list *a, const struct foreign_list *b)
{
	if (a->closed != b->closed || a->count != b->count)
		return false;
	for (uint32_t i = 0; i < a->count; i++)
		if (a->entry[i].allow != b->entry[i].allow ||
		    strcmp(a->entry[i].text, b->entry[i].text) != 0)
			return false;
	return true;
}

/* Is there nothing that tells packages of one from packages of the other? */
static bool alike(const struct build *b, uint32_t x, uint32_t y)
{
	const struct foreign_lists *l = &b->f->group[x].lists, *m = &b->f->group[y].lists;
	bool within = forbids(b, x, x);

	if (within != forbids(b, y, y) || within != forbids(b, x, y) ||
	    within != forbids(b, y, x) || !same_list(&l->external, &m->external) ||
	    !same_list(&l->std, &m->std))
		return false;
	for (uint32_t z = 0; z < b->f->ngroups; z++)
		if (z != x && z != y && (forbids(b, x, z) != forbids(b, y, z) ||
					 forbids(b, z, x) != forbids(b, z, y)))
			return false;
	return true;
}

static void merge(struct build *b)
{
	struct foreign *f = b->f;

	for (uint32_t i = 0; f->row->format->merges && i < f->ngroups; i++)
		for (uint32_t k = 0; k < i && f->group[i].into == i; k++)
			if (f->group[k].into == k && alike(b, k, i)) {
				f->group[i].into = k;
				f->group[k].packages += f->group[i].packages;
				if (speaker(f, k)->sample)
					f->group[k].speaker = f->group[i].speaker;
			}
	for (uint32_t i = 0; i < f->npackages; i++)
		f->package[i].group = f->group[f->package[i].group].into;
}

/* Nothing is said about these packages, and they may import all. */
static bool is_free(const struct build *b, uint32_t g)
{
	const struct foreign_lists *l = &b->f->group[g].lists;

	for (uint32_t k = 0; k < b->f->ngroups; k++)
		if (forbids(b, g, k))
			return false;
	return !l->external.closed && !l->external.count && !l->std.closed && !l->std.count;
}

/* What the folders of the group's packages begin with; "" where that is nothing. */
static const char *common_folder(const struct foreign *f, uint32_t group)
{
	const char *common = NULL;

	for (uint32_t i = 0; i < f->npackages; i++) {
		const struct foreign_package *p = &f->package[i];

		if (p->group != group || (p->sample && f->group[group].packages))
			continue;
		if (!common)
			common = p->folder;
		while (!path_below(p->folder, common)) {
			const char *slash = strrchr(common, '/');

			common = slash ? arena_strndup(f->arena, common, (size_t)(slash - common)) :
					 "";
		}
	}
	return common ? common : "";
}

/* The words of a pattern: "internal-domain" of internal and domain in it. */
static const char *pattern_words(const struct foreign *f, const char *text)
{
	const char *name = "";

	for (const char *p = text; *p; p += strspn(p, "/")) {
		size_t len = strcspn(p, "/");

		if (!memchr(p, '*', len) && !memchr(p, '{', len))
			name = arena_printf(f->arena, "%s%s%.*s", name, *name ? "-" : "", (int)len,
					    p);
		p += len;
	}
	return name;
}

static bool owns(const struct foreign *f, uint32_t group, const char *text)
{
	for (uint32_t i = 0; i < f->npatterns; i++)
		if (f->pattern[i].group == group && !strcmp(f->pattern[i].text, text))
			return true;
	return false;
}

/* By what its folders have in common, else by its first pattern. */
static const char *own_name(const struct build *b, uint32_t g)
{
	const struct foreign *f = b->f;
	const char *only = NULL, *folder;
	uint32_t n = 0;

	if (owns(f, g, ALL))
		return is_free(b, g) ? REST : OTHERS;
	for (uint32_t i = f->npatterns; i-- > 0;)
		if (f->pattern[i].group == g) {
			only = f->pattern[i].text;
			n++;
		}
	folder = n == 1 ? "" : common_folder(f, g);
	return *folder || !only ? folder : pattern_words(f, only);
}

/* Letters, digits, '_', '-', '.': what a layer may be called; not a word of the policy. */
static const char *clean_name(const struct foreign *f, const char *text)
{
	static const char *const reserved[] = { "any", "none", "shared", "unmapped" };
	char *name = arena_strdup(f->arena, *text ? text : "root");

	for (char *p = name; *p; p++) {
		bool fine = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			    (*p >= '0' && *p <= '9') || (unsigned char)*p >= 0x80 ||
			    strchr("_-.+", *p);

		if (!fine)
			*p = '-';
	}
	for (unsigned i = 0; i < ARRAY_SIZE(reserved); i++)
		if (!strcmp(reserved[i], name))
			return arena_printf(f->arena, "%s-layer", name);
	return name;
}

static bool is_taken(const struct foreign *f, const char *name, uint32_t until)
{
	for (uint32_t i = 0; i < until; i++)
		if (f->group[i].name && !strcmp(f->group[i].name, name))
			return true;
	return false;
}

static void find_names(struct build *b)
{
	struct foreign *f = b->f;

	for (uint32_t g = 0; g < f->ngroups; g++) {
		const char *own = f->row->format->name ? f->row->format->name(f, speaker(f, g)) :
				  NULL;
		const char *base, *name;

		if (f->group[g].into != g)
			continue;
		if (!own)
			own = own_name(b, g);
		name = base = clean_name(f, own);
		for (unsigned n = 2; is_taken(f, name, g); n++)
			name = arena_printf(f->arena, "%s-%u", base, n);
		f->group[g].name = name;
	}
}

static bool has_pattern(const struct foreign *f, uint32_t group)
{
	for (uint32_t i = 0; i < f->npatterns; i++)
		if (f->pattern[i].group == group)
			return true;
	return false;
}

static void find_uses(struct build *b)
{
	struct foreign *f = b->f;

	for (uint32_t g = 0; g < f->ngroups; g++) {
		struct foreign_group *group = &f->group[g];

		if (group->into != g)
			continue;
		group->any = true;
		group->independent = forbids(b, g, g);
		group->uses = arena_array(f->arena, uint32_t, f->ngroups);
		for (uint32_t k = 0; k < f->ngroups; k++) {
			if (f->group[k].into != k || k == g || !has_pattern(f, k))
				continue;
			if (forbids(b, g, k))
				group->any = false;
			else
				group->uses[group->nuses++] = k;
		}
	}
}

static int by_reach(const void *va, const void *vb, void *ctx)
{
	const struct foreign *f = ctx;
	const struct foreign_group *a = &f->group[*(const uint32_t *)va];
	const struct foreign_group *b = &f->group[*(const uint32_t *)vb];

	if (a->any != b->any)
		return a->any ? 1 : -1;
	if (a->nuses != b->nuses)
		return a->nuses < b->nuses ? -1 : 1;
	return strcmp(a->name, b->name);
}

/* Those that use least come first: innermost first, as far as that has a meaning here. */
static void find_order(struct foreign *f)
{
	uint32_t *order = arena_array(f->arena, uint32_t, f->ngroups), n = 0;

	for (uint32_t g = 0; g < f->ngroups; g++)
		if (f->group[g].into == g)
			order[n++] = g;
	sort_with(order, n, sizeof(*order), by_reach, f);
	for (uint32_t i = 0; i < n; i++)
		f->group[order[i]].rank = i;
}

uint32_t foreign_layers(const struct foreign *f, const struct foreign_group ***ret)
{
	const struct foreign_group **list =
		arena_array(f->arena, const struct foreign_group *, f->ngroups);
	uint32_t n = 0;

	for (uint32_t rank = 0; rank < f->ngroups; rank++)
		for (uint32_t g = 0; g < f->ngroups; g++)
			if (f->group[g].into == g && f->group[g].rank == rank &&
			    has_pattern(f, g))
				list[n++] = &f->group[g];
	*ret = list;
	return n;
}

/* By file and line; what is about no line comes last. */
static int by_line(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct foreign_note *a = va, *b = vb;
	int order;

	if (!a->at || !b->at)
		return !a->at != !b->at ? !a->at - !b->at : strcmp(a->key, b->key);
	order = strcmp(a->at->file, b->at->file);
	if (!order)
		order = (a->at->line > b->at->line) - (a->at->line < b->at->line);
	return order ? order : strcmp(a->key, b->key);
}

int foreign_build(struct foreign *f, struct err *err)
{
	struct build b = { .f = f };

	f->matcher = pattern_matcher_new(f->arena);
	f->module = find_module(f);
	add_packages(f);
	if (f->row->format->read(f, err))
		return -1;
	foreign_pattern(f, ALL, NULL, false);
	add_samples(f);
	if (find_groups(f, err))
		return -1;
	find_forbidden(&b);
	b.noutside = foreign_outside(f, &b.outside);
	for (uint32_t g = 0; g < f->ngroups; g++)
		foreign_lists(f, &f->group[g], b.outside, b.noutside);
	merge(&b);
	foreign_place(f);
	find_names(&b);
	find_uses(&b);
	find_order(f);
	if (f->row->format->more)
		f->row->format->more(f);
	sort_with(f->note, f->nnotes, sizeof(*f->note), by_line, NULL);
	return 0;
}

void foreign_release(struct foreign *f)
{
	for (uint32_t g = 0; g < f->ngroups; g++) {
		free(f->group[g].lists.external.entry);
		free(f->group[g].lists.std.entry);
	}
	free(f->mark);
	free(f->package);
	free(f->pattern);
	free(f->group);
	free(f->note);
}
