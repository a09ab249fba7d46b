/* SPDX-License-Identifier: MIT */
/* verdict.c - asks layers, contexts and lists about one import, each by itself. */
#include "analyzers/verdict.h"
#include "analyzers/edges.h"
#include "analyzers/internal.h"
#include "analyzers/ports.h"
#include "graph/path.h"

#include <string.h>

const char *const verdict_about_name[ABOUTS] = {
	[ABOUT_GO] = "go", [ABOUT_LAYERS] = "layers", [ABOUT_CONTEXTS] = "contexts",
	[ABOUT_PUBLISHED] = "published", [ABOUT_OUTSIDE] = "outside", [ABOUT_THROUGH] = "through",
};

const char *const verdict_word[SAYS_NO + 1] = {
	[SAYS_NOTHING] = "not judged", [SAYS_YES] = "allowed", [SAYS_WARN] = "warned of",
	[SAYS_NO] = "forbidden",
};

enum port_known { PORT_NOT_ASKED, PORT_NO, PORT_YES };

struct pair {
	struct verdicts *v;
	struct arena *arena;
	const struct graph *g;
	const struct mapping *m;        /* NULL without a policy */
	uint32_t from, to;
	bool test;
	struct verdict *ret;
};

void verdicts_init(struct verdicts *v, const struct analysis *a, struct arena *arena)
{
	*v = (struct verdicts){
		.a = a, .arena = arena, .port = arena_array(arena, uint8_t, a->source->ndirs),
	};
}

const struct leaving *verdict_leaving(struct verdicts *v)
{
	if (!v->listed)
		leaving_find(v->a->source, v->a->graph, v->arena, &v->leaving);
	v->listed = true;
	return &v->leaving;
}

static bool is_off(const struct pair *p, const struct rule *rule)
{
	return rule && policy_rule_level(p->v->a->policy, rule) == SEV_OFF;
}

static void say(const struct pair *p, struct verdict_line line)
{
	line.off = is_off(p, line.rule);
	p->ret->line[p->ret->nlines++] = line;
}

static void say_rule(const struct pair *p, enum verdict_about about, enum verdict_says says,
		     enum rule_id rule, const char *text, const char *by)
{
	say(p, (struct verdict_line){
		.about = about, .says = says, .text = text, .by = by, .rule = &rule_rows[rule],
	});
}

static void say_plain(const struct pair *p, enum verdict_about about, enum verdict_says says,
		      const char *text, const char *by)
{
	say(p, (struct verdict_line){ .about = about, .says = says, .text = text, .by = by });
}

/* "x -> y -> z" from one node to another along imports of code; NULL where there is no way. */
static const char *way_back(const struct pair *p)
{
	const struct edge_filter code = { ID_NONE, false };
	const char *text = edge_name(p->g, p->to);
	struct path path;

	if (!graph_shortest_path(p->g, code, p->to, p->from, p->arena, &path))
		return NULL;
	for (uint32_t i = 0; i < path.nedges; i++)
		text = arena_printf(p->arena, "%s -> %s", text,
				    edge_name(p->g, p->g->out_to[path.edge[i]]));
	return text;
}

static void ask_go(const struct pair *p)
{
	const struct source *s = p->v->a->source;
	dir_id dir = p->g->dir[p->to];
	const struct resolved r = {
		.kind = IMPORT_INTERNAL, .dir = dir, .import_path = s->dir[dir.v].import_path,
		.module = s->dir[dir.v].module,
	};
	bool own_test = p->g->flags[p->from] & NODE_XTEST && p->g->dir[p->from].v == dir.v;
	bool exists = graph_find_edge(p->g, (pkg_id){ p->from }, (pkg_id){ p->to }) != ID_NONE;
	const char *parent, *back;
	size_t len;

	if (p->g->flags[p->to] & NODE_MAIN && !own_test) {
		say_rule(p, ABOUT_GO, SAYS_NO, RULE_MAIN_IMPORT,
			 "refuses it: package main cannot be imported", NULL);
	} else if (!internal_allows(s, p->g->dir[p->from], &r, &parent, &len)) {
		say_rule(p, ABOUT_GO, SAYS_NO, RULE_INTERNAL_IMPORT,
			 arena_printf(p->arena, "refuses it: only packages below '%.*s' may import "
				      "it", (int)len, parent), NULL);
	} else if (!exists && !p->test && (back = way_back(p))) {
		say_rule(p, ABOUT_GO, SAYS_NO, RULE_PACKAGE_CYCLE,
			 arena_printf(p->arena, "would refuse it: %s closes a circle", back), NULL);
	} else {
		say_plain(p, ABOUT_GO, SAYS_YES, "builds it", NULL);
	}
}

static int is_port(const struct pair *p, bool *ret, struct err *err)
{
	const struct analysis *a = p->v->a;
	uint32_t dir = p->g->dir[p->to].v;

	*ret = false;
	if (dir == ID_NONE || !port_could_excuse(p->m, p->from, p->to))
		return 0;
	if (p->v->port[dir] == PORT_NOT_ASKED) {
		bool *want = arena_array(p->arena, bool, a->source->ndirs);
		bool *port = arena_array(p->arena, bool, a->source->ndirs);

		want[dir] = true;
		if (ports_find(a, want, port, err))
			return -1;
		p->v->port[dir] = port[dir] ? PORT_YES : PORT_NO;
	}
	*ret = p->v->port[dir] == PORT_YES;
	return 0;
}

static int ask_pair(const struct pair *p, const char *pair, struct err *err)
{
	uint32_t from = p->m->of[p->from].layer, to = p->m->of[p->to].layer, closed;
	struct policy_pos at;
	bool may = policy_layer_may(p->m->policy, from, to, &at, &closed), port;
	const char *by = layer_why(p->m, from, at, closed, p->arena);

	if (may) {
		say_plain(p, ABOUT_LAYERS, SAYS_YES, pair, from == to ? NULL : by);
		return 0;
	}
	if (is_port(p, &port, err))
		return -1;
	if (port)
		say_plain(p, ABOUT_LAYERS, SAYS_YES,
			  arena_printf(p->arena, "%s, a port: interfaces and plain data only",
				       pair), by);
	else
		say_rule(p, ABOUT_LAYERS, SAYS_NO, closed != POLICY_NONE ? RULE_CLOSED_LAYER :
			 RULE_LAYER_VIOLATION, pair, by);
	return 0;
}

static const char *shared_why(const struct pair *p, uint32_t node)
{
	const struct policy_pattern *by = p->m->of[node].shared_by;

	return arena_printf(p->arena, "%s '%s' is shared", policy_pos_text(by->at, p->arena),
			    by->text);
}

static int ask_layers(const struct pair *p, struct err *err)
{
	const struct placement *a = &p->m->of[p->from], *b = &p->m->of[p->to];
	const char *pair = arena_printf(p->arena, "%s -> %s", layer_words(p->m, p->from),
					layer_words(p->m, p->to));

	if (!p->m->policy->nlayers)
		return 0;
	if (p->test)
		say_plain(p, ABOUT_LAYERS, SAYS_NOTHING,
			  arena_printf(p->arena, "%s: tests may import what they like", pair),
			  NULL);
	else if (placement_unmapped(a) || placement_unmapped(b))
		say_plain(p, ABOUT_LAYERS, SAYS_NOTHING,
			  arena_printf(p->arena, "%s: '%s' is in no layer", pair,
				       edge_name(p->g, placement_unmapped(a) ? p->from : p->to)),
			  NULL);
	else if (b->shared)
		say_plain(p, ABOUT_LAYERS, SAYS_YES, pair, shared_why(p, p->to));
	else if (a->shared)
		say_plain(p, ABOUT_LAYERS, SAYS_YES,
			  arena_printf(p->arena, "%s: no rule about layers says otherwise", pair),
			  NULL);
	else
		return ask_pair(p, pair, err);
	return 0;
}

/* A package that the context publishes, or ID_NONE. */
static uint32_t door_of(const struct pair *p, uint32_t context)
{
	for (uint32_t n = 0; n < p->g->npkgs; n++)
		if (p->m->of[n].context == context && p->m->of[n].published &&
		    !(p->g->flags[n] & (NODE_XTEST | NODE_TEST_ONLY)))
			return n;
	return ID_NONE;
}

static void ask_published(const struct pair *p, enum rule_id rule, bool forbidden,
			  enum verdict_says no)
{
	const struct placement *b = &p->m->of[p->to];
	const struct policy_context *spec = p->m->context[b->context].spec;
	const char *name = context_words(p->m, b->context);

	if (!spec) {
		say_plain(p, ABOUT_PUBLISHED, SAYS_YES,
			  arena_printf(p->arena, "nobody says what %s publishes", name), NULL);
	} else if (!forbidden) {
		bool interfaces = spec->expose.value == EXPOSE_INTERFACES;

		say_plain(p, ABOUT_PUBLISHED, SAYS_YES,
			  arena_printf(p->arena, "'%s' is published%s", edge_name(p->g, p->to),
				       interfaces ? ", its interfaces only" : ""),
			  arena_printf(p->arena, "%s '%s'",
				       policy_pos_text(b->published_by->at, p->arena),
				       b->published_by->text));
	} else {
		uint32_t door = door_of(p, b->context);

		say(p, (struct verdict_line){
			.about = ABOUT_PUBLISHED, .says = no, .rule = &rule_rows[rule],
			.text = arena_printf(p->arena, "'%s' is not published",
					     edge_name(p->g, p->to)),
			.by = publishes_why(p->m, b->context, p->arena),
			.fix = door == ID_NONE ? NULL : arena_printf(p->arena, "Use '%s', which "
				"%s publishes; what is missing there belongs there.",
				edge_name(p->g, door), name),
		});
	}
}

/* The line that decides about the pair; NULL where nobody says what the context may. */
static const char *pair_why(const struct pair *p, struct policy_pos at)
{
	uint32_t context = p->m->of[p->from].context;

	if (!p->m->context[context].spec)
		return NULL;
	return at.file ? context_why(p->m, context, at, p->arena) :
	       arena_printf(p->arena, "by default %s uses any", context_words(p->m, context));
}

static void ask_contexts(const struct pair *p)
{
	const struct placement *a = &p->m->of[p->from], *b = &p->m->of[p->to];
	enum verdict_says no = p->test ? SAYS_WARN : SAYS_NO;
	struct policy_pos at = { 0 };
	enum rule_id rule = RULE_CONTEXT_PAIR;

	if (!p->m->ncontexts || b->context == POLICY_NONE)
		return;
	const char *pair = arena_printf(p->arena, "%s -> %s",
		a->shared ? "shared" : context_words(p->m, a->context),
		context_words(p->m, b->context));
	bool forbidden = context_forbids(p->m, p->from, p->to, &rule, &at);

	if (a->context == b->context)
		say_plain(p, ABOUT_CONTEXTS, SAYS_YES, pair, NULL);
	else if (p->test && p->m->policy->go.tests.value == TESTS_IGNORE)
		say_plain(p, ABOUT_CONTEXTS, SAYS_NOTHING,
			  arena_printf(p->arena, "%s: tests are ignored", pair),
			  policy_pos_text(p->m->policy->go.tests.at, p->arena));
	else if (a->shared)
		say_rule(p, ABOUT_CONTEXTS, no, RULE_SHARED_USES_CONTEXT, pair,
			 shared_why(p, p->from));
	else if (a->context == POLICY_NONE)
		say_plain(p, ABOUT_CONTEXTS, SAYS_NOTHING,
			  arena_printf(p->arena, "%s: '%s' is in no context", pair,
				       edge_name(p->g, p->from)), NULL);
	else if (forbidden && rule == RULE_CONTEXT_PAIR)
		say_rule(p, ABOUT_CONTEXTS, no, rule, pair, pair_why(p, at));
	else {
		say_plain(p, ABOUT_CONTEXTS, SAYS_YES, pair, pair_why(p, at));
		ask_published(p, rule, forbidden, no);
	}
}

static enum policy_grant grant_of(const struct pair *p, const char *path, bool std)
{
	uint32_t layer = p->m->of[p->from].layer;
	const struct policy_list *list = layer_list(&p->m->policy->layer[layer], std);

	return list_speaks(list) ? policy_grant(p->m->policy, list, path, NULL) : GRANT_YES;
}

/* What the importer may not have, of all that the packages behind the other one import. */
struct brought {
	const struct leaving_path *path;
	enum policy_grant grant;
	uint32_t node;                  /* that imports it */
};

static bool imports_itself(const struct leaving *l, uint32_t node, uint32_t path)
{
	for (uint32_t i = l->first[node]; i < l->first[node + 1]; i++)
		if (l->line[i].path == path)
			return true;
	return false;
}

static void look_into(const struct pair *p, uint32_t node, struct brought *best)
{
	const struct leaving *l = verdict_leaving(p->v);

	for (uint32_t i = l->first[node]; i < l->first[node + 1]; i++) {
		const struct leaving_path *path = &l->path[l->line[i].path];
		enum policy_grant grant = grant_of(p, sym_text(p->g->syms, path->path), path->std);

		if (grant > best->grant && !imports_itself(l, p->from, l->line[i].path))
			*best = (struct brought){ path, grant, node };
	}
}

/* Nearest first, through packages of no layer: those have no list of their own. */
static void ask_through(const struct pair *p)
{
	const struct policy_layer *l = &p->m->policy->layer[p->m->of[p->from].layer];
	uint32_t *queue, *before, head = 0, tail = 0;
	struct brought best = { .grant = GRANT_YES };

	if (p->test || p->m->of[p->to].layer != POLICY_NONE ||
	    !(list_speaks(&l->external) || list_speaks(&l->std)))
		return;
	queue = arena_array(p->arena, uint32_t, p->g->npkgs);
	before = arena_array(p->arena, uint32_t, p->g->npkgs);
	before[p->to] = p->to + 1;
	for (queue[tail++] = p->to; head < tail; head++) {
		uint32_t n = queue[head];

		look_into(p, n, &best);
		graph_foreach_out(p->g, n, e) {
			uint32_t next = p->g->out_to[e];

			if (!edge_in_code(p->g, e) || before[next] || next == p->from ||
			    p->m->of[next].layer != POLICY_NONE)
				continue;
			before[next] = n + 1;
			queue[tail++] = next;
		}
	}
	if (best.grant == GRANT_YES)
		return;
	const char *path = sym_text(p->g->syms, best.path->path), *way = path;

	for (uint32_t n = best.node; n != p->to; n = before[n] - 1)
		way = arena_printf(p->arena, "%s -> %s", edge_name(p->g, n), way);
	say(p, (struct verdict_line){
		.about = ABOUT_THROUGH, .says = best.grant == GRANT_NO ? SAYS_NO : SAYS_WARN,
		.rule = &rule_rows[RULE_DENIED_IMPORT],
		.text = arena_printf(p->arena, "%s -> %s", edge_name(p->g, p->to), way),
		.by = grant_why(p->m, p->m->of[p->from].layer, path, best.path->std, p->arena),
		.to = sym_text(p->g->syms, best.path->module),
	});
}

/* What Go builds is no verdict of anybody's policy. */
static void sum_up(struct verdict *v)
{
	for (uint32_t i = 0; i < v->nlines; i++) {
		const struct verdict_line *l = &v->line[i];

		if (!l->off && l->says > v->says && (l->about != ABOUT_GO || l->says == SAYS_NO))
			v->says = l->says;
	}
}

const struct verdict_line *verdict_decides(const struct verdict *v)
{
	for (uint32_t i = 0; i < v->nlines; i++) {
		const struct verdict_line *l = &v->line[i];

		if (!l->off && l->says == v->says && (l->about != ABOUT_GO || l->says == SAYS_NO))
			return l;
	}
	return NULL;
}

int verdict_inside(struct verdicts *v, uint32_t from, uint32_t to, bool test, struct verdict *ret,
		   struct err *err)
{
	const struct pair p = {
		.v = v, .arena = v->arena, .g = v->a->graph, .m = v->a->mapping,
		.from = from, .to = to, .test = test, .ret = ret,
	};

	*ret = (struct verdict){ .says = SAYS_NOTHING };
	ask_go(&p);
	if (p.m) {
		if (ask_layers(&p, err))
			return -1;
		ask_contexts(&p);
		if (p.m->of[from].layer != POLICY_NONE)
			ask_through(&p);
	}
	sum_up(ret);
	return 0;
}

void verdict_outside(struct verdicts *v, uint32_t from, const char *path, bool std,
		     struct verdict *ret)
{
	const struct pair p = {
		.v = v, .arena = v->arena, .g = v->a->graph, .m = v->a->mapping, .from = from,
		.ret = ret,
	};
	uint32_t layer = p.m ? p.m->of[from].layer : POLICY_NONE;
	const char *kind = std ? "the standard library" : "another module";

	*ret = (struct verdict){ .says = SAYS_NOTHING };
	if (!p.m || !p.m->policy->nlayers)
		return;
	const char *pair = arena_printf(p.arena, "%s -> %s", layer_words(p.m, from), kind);

	if (layer == POLICY_NONE) {
		say_plain(&p, ABOUT_OUTSIDE, SAYS_NOTHING,
			  arena_printf(p.arena, "%s: only layers are denied anything", pair), NULL);
	} else if (!list_speaks(layer_list(&p.m->policy->layer[layer], std))) {
		say_plain(&p, ABOUT_OUTSIDE, SAYS_YES,
			  arena_printf(p.arena, "%s: the layer has no list of %s", pair,
				       std ? "std" : "external"), NULL);
	} else {
		enum policy_grant grant = grant_of(&p, path, std);
		const char *by = grant_why(p.m, layer, path, std, p.arena);

		if (grant == GRANT_YES)
			say_plain(&p, ABOUT_OUTSIDE, SAYS_YES, pair, by);
		else
			say_rule(&p, ABOUT_OUTSIDE, grant == GRANT_NO ? SAYS_NO : SAYS_WARN,
				 RULE_DENIED_IMPORT, pair, by);
	}
	sum_up(ret);
}
