/* SPDX-License-Identifier: MIT */
/* services.c - which programs there are, what is theirs, and the order of what was found. */
#include "analyzers/services/match.h"
#include "analyzers/services/program.h"
#include "analyzers/services/service_name.h"
#include "graph/source/tree.h"

const char *const service_protocol_name[PROTO_COUNT] = {
	[PROTO_UNKNOWN] = "",
#define PROTOCOL(id, name, prefix) [id] = name,
#include "analyzers/services/service_protocols.def"
#undef PROTOCOL
};

const char *const service_protocol_prefix[PROTO_COUNT] = {
	[PROTO_UNKNOWN] = "tcp",
#define PROTOCOL(id, name, prefix) [id] = prefix,
#include "analyzers/services/service_protocols.def"
#undef PROTOCOL
};

struct store_import { uint32_t dir, store; };

struct finder {
	const struct analysis *a;
	struct arena *arena;
	struct found *item;
	uint32_t count, cap;
	struct store_import *import;
	uint32_t nimports;
};

const struct service *services_get(const struct services *s, const char *name)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (!strcmp(s->service[i].name, name))
			return &s->service[i];
	return NULL;
}

static bool is_program(const struct graph *g, uint32_t p)
{
	return g->flags[p] & NODE_MAIN &&
	       !(g->flags[p] & (NODE_XTEST | NODE_TEST_ONLY | NODE_OUTSIDE));
}

/* The folders that package main reaches by imports that are not those of tests. */
static const bool *reach_of(const struct finder *f, uint32_t package)
{
	const struct graph *g = f->a->graph;
	bool *dir = arena_array(f->arena, bool, (size_t)f->a->source->ndirs + 1);
	uint32_t *queue = arena_array(f->a->scratch, uint32_t, (size_t)g->npkgs + 1);
	bool *seen = arena_array(f->a->scratch, bool, (size_t)g->npkgs + 1);
	uint32_t head = 0, tail = 0;

	queue[tail++] = package;
	seen[package] = true;
	while (head < tail) {
		uint32_t p = queue[head++];

		if (g->dir[p].v != ID_NONE)
			dir[g->dir[p].v] = true;
		graph_foreach_out(g, p, e) {
			uint32_t to = g->out_to[e];

			if (!g->out_configs[e] || seen[to])
				continue;
			seen[to] = true;
			queue[tail++] = to;
		}
	}
	return dir;
}

static const char *context_of(const struct analysis *a, uint32_t package)
{
	uint32_t c;

	if (!a->mapping)
		return "";
	c = a->mapping->of[package].context;
	return c == POLICY_NONE ? "" : sym_text(a->source->syms, a->mapping->context[c].name);
}

static void add_program(struct finder *f, uint32_t package)
{
	const struct source *s = f->a->source;
	const struct go_dir *d = &s->dir[f->a->graph->dir[package].v];
	const char *folder = sym_text(s->syms, d->path);
	const struct go_module *m = &s->module[d->module.v];
	const char *below = path_below(folder, sym_text(s->syms, m->folder));

	GROW(f->arena, f->item, f->count, f->cap);
	struct found *x = &f->item[f->count++];

	*x = (struct found){ .package = package, .reach = reach_of(f, package) };
	x->s = (struct service){
		.name = service_name_of(below ? below : folder, sym_text(s->syms, m->path),
					f->arena),
		.context = context_of(f->a, package), .package = *folder ? folder : ".",
		.namespace_ = "", .image = "", .at = { .path = "", .symbol = "main" },
	};
}

static int by_name(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct found *a = va, *b = vb;
	int c = strcmp(a->s.name, b->s.name);

	return c ? c : strcmp(a->s.package, b->s.package);
}

/* Names that several programs would have get the segment before, then a number. */
static void make_unique(struct finder *f)
{
	for (uint32_t round = 0; round < 2; round++) {
		sort_with(f->item, f->count, sizeof(*f->item), by_name, NULL);
		for (uint32_t i = 0, end; i < f->count; i = end) {
			for (end = i + 1; end < f->count &&
			     !strcmp(f->item[end].s.name, f->item[i].s.name); end++)
				;
			for (uint32_t k = i; end - i > 1 && k < end; k++) {
				struct service *s = &f->item[k].s;

				if (s->declared)
					continue;
				s->name = round ? service_name_from(arena_printf(f->arena,
						"%.58s-%u", s->name, k - i + 1), f->arena) :
					service_name_longer(s->package, s->name, f->arena);
			}
		}
	}
	sort_with(f->item, f->count, sizeof(*f->item), by_name, NULL);
}

static const struct { const char *path, *name; } stores[] = {
#define DATASTORE(path, name) { path, name },
#include "analyzers/datastores.def"
#undef DATASTORE
};

static int by_text(const void *va, const void *vb, void *ctx UNUSED)
{
	return strcmp(*(const char *const *)va, *(const char *const *)vb);
}

static void find_stores(struct finder *f, struct found *x)
{
	const char **list = arena_array(f->arena, const char *, ARRAY_SIZE(stores));
	uint32_t n = 0;

	for (unsigned k = 0; k < ARRAY_SIZE(stores); k++) {
		bool has = false;

		for (uint32_t i = 0; i < f->nimports && !has; i++)
			has = f->import[i].store == k && x->reach[f->import[i].dir];
		for (uint32_t i = 0; i < n && has; i++)
			has = strcmp(list[i], stores[k].name) != 0;
		if (has)
			list[n++] = stores[k].name;
	}
	sort_with(list, n, sizeof(*list), by_text, NULL);
	x->s.datastore = list;
	x->s.ndatastores = n;
}

/* Which folders import what holds data, once for all programs. */
static void note_stores(struct finder *f)
{
	const struct source *s = f->a->source;
	uint32_t cap = 0;

	for (uint32_t i = 0; i < s->nfiles; i++) {
		const struct go_file *g = &s->file[i];

		if (g->flags & (FILE_TEST | FILE_HIDDEN) || !g->configs)
			continue;
		for (uint32_t k = g->import_first; k < g->import_first + g->nimports; k++) {
			const char *path = sym_text(s->syms, s->import[k].path);

			for (unsigned r = 0; r < ARRAY_SIZE(stores); r++) {
				if (!code_path_fits(path, stores[r].path))
					continue;
				GROW(f->arena, f->import, f->nimports, cap);
				f->import[f->nimports++] = (struct store_import){ g->dir.v, r };
			}
		}
	}
}

static void look_at(struct finder *f, struct code *c, struct found *x, struct services *stats)
{
	struct program p = {
		.eval = { .c = c, .arena = f->arena, .reach = x->reach }, .found = x,
		.stats = stats,
	};
	struct code_site main_at;

	code_memo_reset(&c->memo);
	if (code_decl(c, f->a->graph->dir[x->package], "main", 4, &main_at)) {
		x->has_main = true;
		if (!x->s.declared)
			x->s.at = place_of(&p, main_at.file, main_at.node);
	}
	listens_find(&p);
	routes_find(&p);
	calls_find(&p);
	guards_find(&p);
	discoveries_find(&p);
	find_stores(f, x);
}

/* What is declared, or listens; the rest are tools. */
static void keep_services(struct finder *f, struct services *ret)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->count; i++) {
		const struct found *x = &f->item[i];
		bool listens = x->s.nports || x->listens;

		if (x->s.declared || (x->has_main && listens))
			f->item[n++] = *x;
		else
			ret->skipped_programs++;
	}
	f->count = n;
}

int services_find(const struct analysis *a, struct arena *arena, struct services *ret,
		  struct err *err UNUSED)
{
	struct finder f = { .a = a, .arena = arena };
	bool *all = arena_array(arena, bool, (size_t)a->source->ndirs + 1);
	struct code code;

	*ret = (struct services){ .count = 0 };
	for (uint32_t p = 0; p < a->graph->npkgs; p++)
		if (is_program(a->graph, p)) {
			add_program(&f, p);
			ret->programs++;
		}
	for (uint32_t i = 0; i < f.count; i++)
		for (uint32_t d = 0; d < a->source->ndirs; d++)
			all[d] |= f.item[i].reach[d];
	note_stores(&f);
	code_open(&code, a, all);
	for (uint32_t i = 0; i < f.count; i++)
		look_at(&f, &code, &f.item[i], ret);
	ret->files = code.parsed;
	ret->bytes = (uint32_t)(code.bytes > UINT32_MAX ? UINT32_MAX : code.bytes);
	ret->degraded = code.degraded;
	code_close(&code);
	keep_services(&f, ret);
	make_unique(&f);
	calls_match(f.item, f.count, arena, &ret->unresolved_calls);
	services_order(f.item, f.count);
	ret->service = arena_array(arena, struct service, (size_t)f.count + 1);
	ret->count = f.count;
	for (uint32_t i = 0; i < f.count; i++)
		ret->service[i] = f.item[i].s;
	return 0;
}
