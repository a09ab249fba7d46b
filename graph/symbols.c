/* SPDX-License-Identifier: MIT */
/* symbols.c - reads the bodies behind edges, and sums up the references in them. */
#include "graph/symbols.h"
#include "graph/source/resolve.h"
#include "graph/source/syntax.h"

#include <stdlib.h>
#include <string.h>

const char *const symbol_kind_name[SYMBOL_KINDS] = {
	[SYMBOL_UNKNOWN] = "unknown", [SYMBOL_FUNC] = "function", [SYMBOL_STRUCT] = "struct",
	[SYMBOL_INTERFACE] = "interface", [SYMBOL_TYPE] = "type", [SYMBOL_VAR] = "variable",
	[SYMBOL_CONST] = "constant",
};

/* The references of a file that mean something imported, by import, then as they stand. */
struct file_refs {
	bool made;
	uint32_t count;
	struct used { uint32_t import, ref; dir_id dir; file_id file; uint32_t decl; } *item;
};

struct symbols {
	const struct source *s;
	struct symbols_options o;
	uint32_t *dir_at;               /* [ndir_at] by symbol of its path: folder + 1 */
	uint32_t ndir_at;
	bool *wanted, *asked;           /* [nfiles] */
	bool changed;                   /* more is wanted than was read */
	struct { struct bodies *bodies; } *part;        /* what was read, round by round */
	uint32_t nparts, cap;
	const struct body **file;       /* [nfiles] of all rounds */
	struct bodies all;
	struct link *link;
	struct file_refs *refs;         /* [nfiles] */
	struct arena linked;            /* of link and refs: until more is read */
};

struct symbols *symbols_new(const struct source *s, const struct symbols_options *o)
{
	struct symbols *sy = xcalloc(1, sizeof(*sy));

	sy->s = s;
	sy->o = *o;
	sy->ndir_at = s->syms->count;
	sy->dir_at = xcalloc(sy->ndir_at, sizeof(*sy->dir_at));
	for (uint32_t d = 0; d < s->ndirs; d++)
		sy->dir_at[s->dir[d].path.v] = d + 1;
	sy->wanted = xcalloc(s->nfiles, sizeof(*sy->wanted));
	sy->asked = xcalloc(s->nfiles, sizeof(*sy->asked));
	sy->file = xcalloc(s->nfiles, sizeof(const struct body *));
	sy->refs = xcalloc(s->nfiles, sizeof(*sy->refs));
	sy->all.file = sy->file;
	return sy;
}

void symbols_free(struct symbols *sy)
{
	if (!sy)
		return;
	for (uint32_t i = 0; i < sy->nparts; i++)
		bodies_release(sy->part[i].bodies);
	arena_release(&sy->linked);
	free(sy->part);
	free(sy->dir_at);
	free(sy->wanted);
	free(sy->asked);
	free(sy->file);
	free(sy->refs);
	free(sy);
}

/* ---- which files ---- */

/* The file of a site; its folder and its name are symbols, because both were read. */
static file_id site_file(const struct symbols *sy, const struct site *site)
{
	const struct source *s = sy->s;
	const char *path = sym_text(s->syms, site->at.path), *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	sym_id name = sym_find(s->syms, base, strlen(base)), folder = { 0 };

	if (slash)
		folder = sym_find(s->syms, path, (size_t)(slash - path));
	if (folder.v < sy->ndir_at && sy->dir_at[folder.v]) {
		const struct go_dir *dir = &s->dir[sy->dir_at[folder.v] - 1];

		for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++)
			if (s->file[f].name.v == name.v)
				return (file_id){ f };
	}
	BUG("no file for '%s'", path);
}

static uint32_t site_import(const struct symbols *sy, file_id file, const struct site *site)
{
	const struct go_file *f = &sy->s->file[file.v];

	for (uint32_t i = f->import_first; i < f->import_first + f->nimports; i++)
		if (sy->s->import[i].line == site->at.line && sy->s->import[i].col == site->at.col)
			return i;
	BUG("no import at line %u of '%s'", site->at.line,
	    sym_text(sy->s->syms, site->at.path));
}

static void want_file(struct symbols *sy, uint32_t f)
{
	if (sy->wanted[f])
		return;
	sy->wanted[f] = true;
	sy->changed = true;
}

/* Tests of the other side declare nothing that can be imported. */
void symbols_want_package(struct symbols *sy, dir_id d)
{
	const struct go_dir *dir = &sy->s->dir[d.v];

	for (uint32_t f = dir->file_first; f < dir->file_first + dir->nfiles; f++)
		if (sy->s->file[f].configs && !(sy->s->file[f].flags & (FILE_TEST | FILE_HIDDEN)))
			want_file(sy, f);
}

void symbols_want(struct symbols *sy, const struct graph *g, uint32_t edge, struct site_filter f,
		  bool kinds)
{
	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++) {
		const struct site *site = &g->site[i];

		if (!site_counts(site, f))
			continue;
		file_id file = site_file(sy, site);
		uint32_t import = site_import(sy, file, site);

		if (sy->s->import[import].flags & (IMPORT_BLANK | IMPORT_DOT))
			continue;
		want_file(sy, file.v);
		if (!kinds)
			continue;
		struct resolved to = resolve_import(sy->s, sy->s->file[file.v].dir, site->path);

		if (to.kind == IMPORT_INTERNAL && to.dir.v != ID_NONE)
			symbols_want_package(sy, to.dir);
	}
}

/* ---- reading ---- */

/* Files that nobody wants stay out: their declarations may be of other platforms. */
static void take(struct symbols *sy, const struct bodies *b)
{
	for (uint32_t f = 0; f < sy->s->nfiles; f++)
		if (sy->wanted[f] && b->file[f])
			sy->file[f] = b->file[f];
}

static void add_stats(struct bodies_stats *sum, const struct bodies_stats *more)
{
	sum->asked += more->asked;
	sum->cached += more->cached;
	sum->parsed += more->parsed;
	sum->degraded += more->degraded;
	sum->rewritten += more->rewritten;
	sum->bytes += more->bytes;
	sum->lines += more->lines;
	sum->cache_bytes += more->cache_bytes;
}

static int read_more(struct symbols *sy, struct err *err)
{
	file_id *wanted = xrealloc(NULL, sy->s->nfiles, sizeof(*wanted));
	struct bodies_options o = {
		.workers = sy->o.workers, .no_cache = sy->o.no_cache, .wanted = wanted,
	};
	struct bodies *part = NULL;
	int rc = 0;

	for (uint32_t f = 0; f < sy->s->nfiles; f++)
		if (sy->wanted[f] && !sy->asked[f])
			wanted[o.nwanted++].v = f;
	if (o.nwanted)
		rc = bodies_read(sy->s, &o, &part, err);
	free(wanted);
	if (rc || !part)
		return rc;
	VEC_RESERVE(sy->part, sy->cap, (size_t)sy->nparts + 1);
	sy->part[sy->nparts++].bodies = part;
	take(sy, part);
	add_stats(&sy->all.stats, &part->stats);
	if (part->cache_note)
		sy->all.cache_note = part->cache_note;
	return 0;
}

/* From what was read anyway; how that went others tell. */
static void take_more(struct symbols *sy)
{
	struct bodies_stats *stats = &sy->all.stats;

	take(sy, sy->o.all);
	for (uint32_t f = 0; f < sy->s->nfiles; f++) {
		if (!sy->wanted[f] || sy->asked[f])
			continue;
		stats->asked++;
		stats->degraded += !sy->file[f] || sy->file[f]->status != SYNTAX_OK;
	}
}

int symbols_read(struct symbols *sy, struct err *err)
{
	if (!sy->changed && sy->link)
		return 0;
	if (sy->o.all)
		take_more(sy);
	else if (read_more(sy, err))
		return -1;
	for (uint32_t f = 0; f < sy->s->nfiles; f++)
		sy->asked[f] = sy->wanted[f];
	sy->changed = false;
	/* What is linked may point to declarations that were not there before. */
	memset(sy->refs, 0, sy->s->nfiles * sizeof(*sy->refs));
	arena_reset(&sy->linked);
	sy->link = link_new(sy->s, &sy->all, &sy->linked);
	return 0;
}

const struct bodies *symbols_bodies(const struct symbols *sy)
{
	return &sy->all;
}

struct link *symbols_link(struct symbols *sy)
{
	return sy->link;
}

/* ---- what is used ---- */

static int by_import(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct used *a = va, *b = vb;

	if (a->import != b->import)
		return a->import < b->import ? -1 : 1;
	return a->ref < b->ref ? -1 : a->ref > b->ref;
}

/* A name in lower case is not the package's: Go would not build the file. */
static const struct file_refs *refs_of(struct symbols *sy, file_id file)
{
	struct file_refs *r = &sy->refs[file.v];
	const struct body *body = sy->file[file.v];

	if (r->made || !body)
		return r;
	r->made = true;
	r->item = arena_array(&sy->linked, struct used, body->nrefs);
	for (uint32_t i = 0; i < body->nrefs; i++) {
		struct linked l;

		if (!body->ref[i].exported)
			continue;
		link_ref(sy->link, file, i, &l);
		if (l.import != ID_NONE)
			r->item[r->count++] = (struct used){ l.import, i, l.dir, l.file, l.decl };
	}
	sort_with(r->item, r->count, sizeof(*r->item), by_import, NULL);
	return r;
}

static uint32_t first_of(const struct file_refs *r, uint32_t import)
{
	uint32_t lo = 0, hi = r->count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (r->item[mid].import < import)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static enum symbol_kind kind_of(const struct symbols *sy, file_id file, uint32_t decl)
{
	if (file.v == ID_NONE || !sy->file[file.v])
		return SYMBOL_UNKNOWN;
	const struct body_decl *d = &sy->file[file.v]->decl[decl];

	switch ((enum decl_kind)d->kind) {
	case DECL_FUNC:
		return SYMBOL_FUNC;
	case DECL_TYPE:
		return d->flags & DECL_INTERFACE ? SYMBOL_INTERFACE :
		       d->flags & DECL_STRUCT ? SYMBOL_STRUCT : SYMBOL_TYPE;
	case DECL_VAR:
		return SYMBOL_VAR;
	case DECL_CONST:
		return SYMBOL_CONST;
	case DECL_METHOD:
		break;
	}
	return SYMBOL_UNKNOWN;
}

struct gather {
	struct symbols *sy;
	struct arena *arena;
	struct symbol *found;           /* one a use */
	uint32_t nfound, cap;
	struct imported { sym_id path; bool blank, dot; } *package;
	uint32_t npackages, package_cap;
};

static struct imported *imported_as(struct gather *g, sym_id path)
{
	for (uint32_t i = 0; i < g->npackages; i++)
		if (g->package[i].path.v == path.v)
			return &g->package[i];
	VEC_RESERVE(g->package, g->package_cap, (size_t)g->npackages + 1);
	g->package[g->npackages] = (struct imported){ .path = path };
	return &g->package[g->npackages++];
}

/* As its files call it; of what is not in the tree, as the importer does. */
static const char *package_name(const struct source *s, dir_id d, const char *otherwise)
{
	if (d.v == ID_NONE)
		return otherwise;
	for (uint32_t f = s->dir[d.v].file_first; f < s->dir[d.v].file_first + s->dir[d.v].nfiles;
	     f++)
		if (s->file[f].configs && s->file[f].package.v && !(s->file[f].flags & FILE_TEST))
			return sym_text(s->syms, s->file[f].package);
	return otherwise;
}

/* Adds the uses of one import of a file; returns how many. */
static uint32_t add_uses(struct gather *g, file_id file, uint32_t import, const struct site *site,
			 sym_id path)
{
	const struct source *s = g->sy->s;
	const struct body *body = g->sy->file[file.v];
	const struct file_refs *r = refs_of(g->sy, file);
	uint32_t n = 0;

	for (uint32_t i = first_of(r, import); i < r->count && r->item[i].import == import; i++) {
		const struct used *u = &r->item[i];
		const struct body_ref *ref = &body->ref[u->ref];

		VEC_RESERVE(g->found, g->cap, (size_t)g->nfound + 1);
		g->found[g->nfound++] = (struct symbol){
			.path = path, .dir = u->dir, .name = body_text(body, ref->name),
			.package = package_name(s, u->dir, body_text(body, ref->qualifier)),
			.kind = kind_of(g->sy, u->file, u->decl), .roles = 1u << ref->role,
			.uses = 1, .test = site->test, .file = u->file, .decl = u->decl,
			.at = { site->at.path, ref->line, ref->col, 0 },
		};
		n++;
	}
	return n;
}

static void add_site(struct gather *g, const struct site *site, struct edge_symbols *ret)
{
	struct symbols *sy = g->sy;
	file_id file = site_file(sy, site);
	uint32_t i = site_import(sy, file, site);
	struct resolved to = resolve_import(sy->s, sy->s->file[file.v].dir, site->path);
	struct imported *package = imported_as(g, to.import_path);
	const struct body *body = sy->file[file.v];
	uint32_t flags = sy->s->import[i].flags;

	ret->lines++;
	if (flags & (IMPORT_BLANK | IMPORT_DOT)) {
		package->blank |= (flags & IMPORT_BLANK) != 0;
		package->dot |= (flags & IMPORT_DOT) != 0;
		ret->blank += (flags & IMPORT_BLANK) != 0;
		ret->dot += (flags & IMPORT_DOT) != 0;
		return;
	}
	uint32_t uses = body ? add_uses(g, file, i, site, to.import_path) : 0;

	if (!body || body->status != SYNTAX_OK)
		ret->unread++;
	else
		ret->unknown += !uses;
}

/* One symbol's uses stand together, those of files that are no tests first. */
static int by_symbol(const void *va, const void *vb, void *ctx)
{
	const struct symtab *syms = ctx;
	const struct symbol *a = va, *b = vb;
	int c = a->path.v == b->path.v ? 0 :
		strcmp(sym_text(syms, a->path), sym_text(syms, b->path));

	c = c ? c : strcmp(a->name, b->name);
	if (c)
		return c;
	if (a->test != b->test)
		return a->test ? 1 : -1;
	c = strcmp(sym_text(syms, a->at.path), sym_text(syms, b->at.path));
	if (c)
		return c;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	return a->at.col < b->at.col ? -1 : a->at.col > b->at.col;
}

static bool same_symbol(const struct symbol *a, const struct symbol *b)
{
	return a->path.v == b->path.v && !strcmp(a->name, b->name);
}

static void unite(struct gather *g, struct edge_symbols *ret)
{
	uint32_t n = 0;

	sort_with(g->found, g->nfound, sizeof(*g->found), by_symbol, g->sy->s->syms);
	for (uint32_t i = 0; i < g->nfound; i++) {
		struct symbol *last = n ? &g->found[n - 1] : NULL;

		if (!last || !same_symbol(last, &g->found[i])) {
			g->found[n++] = g->found[i];
			continue;
		}
		last->uses++;
		last->roles |= g->found[i].roles;
	}
	struct symbol *symbol = arena_array(g->arena, struct symbol, n);

	if (n)
		memcpy(symbol, g->found, n * sizeof(*symbol));
	ret->symbol = symbol;
	ret->count = n;
}

static void weigh(const struct gather *g, struct edge_symbols *ret)
{
	ret->packages = g->npackages;
	ret->weight = ret->count;
	for (uint32_t p = 0; p < g->npackages; p++) {
		const struct imported *package = &g->package[p];
		bool used = package->blank || package->dot;

		ret->weight += (uint32_t)package->blank + package->dot;
		for (uint32_t i = 0; i < ret->count && !used; i++)
			used = ret->symbol[i].path.v == package->path.v;
		ret->weight += !used;
	}
}

void symbols_edge(struct symbols *sy, const struct graph *g, uint32_t edge, struct site_filter f,
		  struct arena *arena, struct edge_symbols *ret)
{
	struct gather gather = { .sy = sy, .arena = arena };

	if (!sy->link)
		BUG("symbols of edge %u before anything was read", edge);
	*ret = (struct edge_symbols){ .count = 0 };
	for (uint32_t i = g->site_first[edge]; i < g->site_first[edge + 1]; i++)
		if (site_counts(&g->site[i], f))
			add_site(&gather, &g->site[i], ret);
	unite(&gather, ret);
	weigh(&gather, ret);
	free(gather.found);
	free(gather.package);
}

const char *symbol_text(const struct symbol *s, struct arena *arena)
{
	return arena_printf(arena, "%s.%s", s->package, s->name);
}
