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
	guarded_find(&p);
	discoveries_find(&p);
	find_stores(f, x);
}

static struct service_place policy_place(struct policy_pos at)
{
	return (struct service_place){ at.file ? at.file : "", at.line, at.col, "" };
}

static void declare_port(struct finder *f, struct found *x, const struct policy_service *s,
			 struct policy_port port, struct policy_pos at)
{
	struct policy_choice p = port.protocol.at.file ? port.protocol : s->protocol;
	struct service_port own = {
		.name = port.name, .number = port.number, .env = "", .at = policy_place(at),
		.protocol = p.at.file ? (enum service_protocol)(PROTO_HTTP + p.value) :
			PROTO_UNKNOWN,
	};

	/* What the code says of this port stays beside it. */
	for (uint32_t i = 0; i < x->s.nports; i++)
		if (x->s.port[i].number == own.number) {
			own.env = x->s.port[i].env;
			if (own.protocol == PROTO_UNKNOWN)
				own.protocol = x->s.port[i].protocol;
			x->s.port[i] = own;
			return;
		}
	GROW(f->arena, x->s.port, x->s.nports, x->port_cap);
	x->s.port[x->s.nports++] = own;
}

static void declare_ports(struct finder *f, struct found *x, const struct policy_service *s)
{
	struct policy_port port = { .name = "", .number = s->port.value };
	uint32_t n = 0;

	/* Where the policy says ports, those that the code does not know are these. */
	for (uint32_t i = 0; (s->port.at.file || s->ports.count) && i < x->s.nports; i++)
		if (x->s.port[i].number)
			x->s.port[n++] = x->s.port[i];
	if (s->port.at.file || s->ports.count)
		x->s.nports = n;
	if (s->port.at.file)
		declare_port(f, x, s, port, s->port.at);
	for (uint32_t i = 0; i < s->ports.count; i++)
		if (policy_port_read(&s->ports.item[i], f->arena, &port))
			declare_port(f, x, s, port, s->ports.item[i].at);
}

/* The program in the folder that the policy names; NULL = none. */
static struct found *program_of(struct finder *f, const char *folder)
{
	const char *path = path_clean(f->arena, path_join(f->arena, f->a->policy->folder, folder));

	for (uint32_t i = 0; path && i < f->count; i++)
		if (!strcmp(f->item[i].s.package, *path ? path : "."))
			return &f->item[i];
	return NULL;
}

/* What the policy's row is about: a program, another service of one, or no code at all. */
static struct found *declared(struct finder *f, const struct policy_service *s)
{
	struct found *x = s->main.text ? program_of(f, s->main.text) : NULL;
	struct found copy = {
		.package = ID_NONE,
		.s = { .context = "", .package = "", .at = { .path = "", .symbol = "" } },
	};

	for (uint32_t k = 0; !s->main.text && !x && k < f->count; k++)
		if (!f->item[k].s.declared && !strcmp(f->item[k].s.name, s->name))
			x = &f->item[k];
	if (x && !x->s.declared)
		return x;
	if (x)
		copy = *x;
	GROW(f->arena, f->item, f->count, f->cap);
	f->item[f->count] = copy;
	return &f->item[f->count++];
}

static void declare(struct finder *f)
{
	const struct policy *p = f->a->policy;

	for (uint32_t i = 0; i < p->nservices; i++) {
		const struct policy_service *s = &p->service[i];
		struct found *x = declared(f, s);

		x->policy = s;
		x->s.declared = true;
		x->s.name = s->name;
		x->s.at = policy_place(s->at);
		x->s.namespace_ = s->namespace_.text ? s->namespace_.text : "";
		x->s.image = s->image.text ? s->image.text : "";
		if (s->context.text)
			x->s.context = s->context.text;
	}
}

/* Calls that the policy says, where the code says none of them. */
static void declare_calls(struct finder *f, struct found *x)
{
	for (uint32_t i = 0; x->policy && i < x->policy->calls.count; i++) {
		const struct policy_text *name = &x->policy->calls.item[i];
		struct service_call call = {
			.to = SERVICE_NONE, .host = { .text = name->text }, .env = "", .client = "",
			.reason = "the policy", .at = policy_place(name->at),
		};
		bool known = false;

		for (uint32_t k = 0; k < f->count; k++)
			if (!strcmp(f->item[k].s.name, name->text))
				call.to = k;
		for (uint32_t k = 0; call.to != SERVICE_NONE && k < x->s.ncalls; k++)
			known |= x->s.call[k].to == call.to;
		if (known)
			continue;
		GROW(f->arena, x->s.call, x->s.ncalls, x->call_cap);
		x->s.call[x->s.ncalls++] = call;
	}
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
	declare(&f);
	note_stores(&f);
	code_open(&code, a, all);
	for (uint32_t i = 0; i < f.count; i++)
		if (f.item[i].package != ID_NONE)
			look_at(&f, &code, &f.item[i], ret);
	ret->files = code.parsed;
	ret->bytes = (uint32_t)(code.bytes > UINT32_MAX ? UINT32_MAX : code.bytes);
	ret->degraded = code.degraded;
	code_close(&code);
	keep_services(&f, ret);
	make_unique(&f);
	calls_match(f.item, f.count, arena, &ret->unresolved_calls);
	for (uint32_t i = 0; i < f.count; i++) {
		if (f.item[i].policy)
			declare_ports(&f, &f.item[i], f.item[i].policy);
		declare_calls(&f, &f.item[i]);
	}
	services_order(f.item, f.count);
	ret->service = arena_array(arena, struct service, (size_t)f.count + 1);
	ret->count = f.count;
	for (uint32_t i = 0; i < f.count; i++)
		ret->service[i] = f.item[i].s;
	return 0;
}
