/* SPDX-License-Identifier: MIT */
/* routes.c - the HTTP routes of a program, with what stands before them: groups and mounts. */
#include "analyzers/services/program.h"

#define MOUNT_DEPTH 8u
#define MOUNT_WAYS 256u                 /* of one route: routers that mount each other */

struct pending {
	struct router router;
	const char *method, *path;
	bool prefix;
	uint32_t file, node;
};

/* What router child serves is below prefix of router parent. */
struct mount { uint32_t file, node; struct router parent; };

struct routing {
	struct program *p;
	struct pending *route;
	struct mount *mount;
	uint32_t nroutes, route_cap, nmounts, mount_cap;
	uint32_t ways;                  /* of the route in hand, so far */
};

static void add_route(struct routing *r, const struct router *router, const char *method,
		      const char *path, bool prefix, struct expr call)
{
	GROW(r->p->eval.arena, r->route, r->nroutes, r->route_cap);
	r->route[r->nroutes++] = (struct pending){
		*router, method, path, prefix, call.file, call.node,
	};
}

static const char *arg_text(struct routing *r, struct expr call, uint32_t n)
{
	uint32_t node = code_arg(r->p->eval.c, call.file, call.node, n);

	eval_begin(&r->p->eval);
	return node ? eval_text(&r->p->eval, (struct expr){ call.file, node, call.frame }) : "";
}

/* Handlers that are routers themselves: mounted.  False = it is none. */
static bool add_mounts(struct routing *r, const struct router *parent, const char *prefix,
		       struct expr handler)
{
	struct routers child = { .count = 0 };
	bool any = false;

	if (!handler.node)
		return false;
	eval_begin(&r->p->eval);
	router_of(&r->p->eval, handler, &child);
	for (uint32_t i = 0; i < child.count; i++) {
		const struct router *x = &child.item[i];

		if (x->file == parent->file && x->node == parent->node)
			continue;
		GROW(r->p->eval.arena, r->mount, r->nmounts, r->mount_cap);
		r->mount[r->nmounts] = (struct mount){ x->file, x->node, *parent };
		r->mount[r->nmounts++].parent.prefix = prefix;
		any = true;
	}
	return any;
}

/* "METHOD host/path" of net/http. */
static void add_pattern(struct routing *r, const struct router *x, struct expr call)
{
	const char *text = arg_text(r, call, 0), *method = "", *path = text, *slash;
	size_t word = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	struct expr handler = { call.file, code_arg(r->p->eval.c, call.file, call.node, 1),
				call.frame };
	const char *name, *strip = "";
	size_t len, end;

	if (!*text)
		return;
	if (word && (text[word] == ' ' || text[word] == '\t')) {
		method = arena_strndup(r->p->eval.arena, text, word);
		path = text + word + strspn(text + word, " \t");
	}
	slash = strchr(path, '/');
	if (slash && !strpbrk(arena_strndup(r->p->eval.arena, path, (size_t)(slash - path)),
			      "\1\2"))
		path = slash;
	if (handler.node &&
	    code_node(r->p->eval.c, handler.file, handler.node)->kind == SYN_CALL_EXPRESSION &&
	    !strcmp(eval_callee(&r->p->eval, handler.file, handler.node, &name, &len),
		    "net/http") && len == 11 && !strncmp(name, "StripPrefix", len))
		strip = arg_text(r, handler, 0);
	if (code_is(r->p->eval.c, call.file, code_callee(r->p->eval.c, call.file, call.node,
							 &(uint32_t){ 0 }), "Handle") &&
	    add_mounts(r, x, router_join(&r->p->eval, x->prefix, strip), handler))
		return;
	end = strlen(path);
	add_route(r, x, method, router_join(&r->p->eval, x->prefix, path),
		  end && path[end - 1] == '/', call);
}

/* .Methods("GET", "HEAD") of gorilla/mux behind the call, or before it; 0 = none. */
static bool methods_of(struct routing *r, const struct router *x, struct expr call,
		       struct expr *ret)
{
	const struct code *c = r->p->eval.c;
	const struct syntax *s = &c->file[call.file].syn;

	for (uint32_t k = call.node; ;) {
		uint32_t up = s->syn[k].parent, at = s->syn[up].parent, operand, name;

		if (s->syn[up].kind != SYN_SELECTOR_EXPRESSION ||
		    s->syn[at].kind != SYN_CALL_EXPRESSION || s->syn[k].field != FIELD_OPERAND)
			break;
		name = code_callee(c, call.file, at, &operand);
		if (name && code_is(c, call.file, name, "Methods")) {
			*ret = (struct expr){ call.file, at, call.frame };
			return true;
		}
		k = at;
	}
	*ret = (struct expr){ x->methods_file, x->methods, NULL };
	return x->methods != 0;
}

static void add_each_method(struct routing *r, const struct router *x, const char *method,
			    const char *path, bool prefix, struct expr call)
{
	struct expr methods;
	uint32_t n;

	if (x->framework != FW_GORILLA || !methods_of(r, x, call, &methods)) {
		add_route(r, x, method, path, prefix, call);
		return;
	}
	n = code_nargs(r->p->eval.c, methods.file, methods.node);
	for (uint32_t i = 0; i < n; i++)
		add_route(r, x, text_of(r->p, arg_text(r, methods, i)).text, path, prefix, call);
}

/* Each {Method: ..., Path: ...} in AddRoutes(...), below WithPrefix of the same call. */
static void add_lists(struct routing *r, const struct router *x, struct expr call)
{
	struct eval *e = &r->p->eval;
	const struct code *c = e->c;
	const char *prefix = "";
	struct values v = { .count = 0 };
	uint32_t n = code_nargs(c, call.file, call.node), operand;

	for (uint32_t i = 1; i < n; i++) {
		struct expr opt = { call.file, code_arg(c, call.file, call.node, i), call.frame };

		if (code_node(c, opt.file, opt.node)->kind == SYN_CALL_EXPRESSION &&
		    code_is(c, opt.file, code_callee(c, opt.file, opt.node, &operand),
			    "WithPrefix"))
			prefix = arg_text(r, opt, 0);
	}
	eval_begin(e);
	eval_values(e, (struct expr){ call.file, code_arg(c, call.file, call.node, 0),
				      call.frame }, &v);
	for (uint32_t i = 0; i < v.count; i++) {
		struct expr list = v.item[i].at;

		if (v.item[i].kind != VALUE_EXPR)
			continue;
		const struct syntax *s = &c->file[list.file].syn;

		for (uint32_t k = list.node; k < s->syn[list.node].next; k++) {
			uint32_t path, method;

			if (s->syn[k].kind != SYN_LITERAL_VALUE ||
			    !(path = literal_key(c, list.file, k, "Path")))
				continue;
			method = literal_key(c, list.file, k, "Method");
			eval_begin(e);
			const char *m = method ? eval_text(e, (struct expr){ list.file, method,
								 list.frame }) : "";
			const char *t = eval_text(e, (struct expr){ list.file, path, list.frame });

			add_route(r, x, text_of(r->p, m).text, router_join(e, prefix, t), false,
				  (struct expr){ list.file, k, NULL });
		}
	}
}

static void apply(struct routing *r, const struct verb_row *v, const struct router *x,
		  struct expr call)
{
	struct eval *e = &r->p->eval;
	struct expr handler = { call.file, code_arg(e->c, call.file, call.node, 1), call.frame };
	const char *path;

	switch (v->form) {
	case ROUTE_PATH:
		path = router_join(e, x->prefix, arg_text(r, call, v->arg));
		add_each_method(r, x, v->method, path, false, call);
		return;
	case ROUTE_HANDLE:
		path = router_join(e, x->prefix, arg_text(r, call, v->arg));
		add_route(r, x, text_of(r->p, arg_text(r, call, 0)).text, path, false, call);
		return;
	case ROUTE_BELOW:
		path = router_join(e, x->prefix, arg_text(r, call, v->arg));
		add_route(r, x, v->method, path, true, call);
		return;
	case ROUTE_PATTERN:
		add_pattern(r, x, call);
		return;
	case ROUTE_HERE:
		handler.node = code_arg(e->c, call.file, call.node, 0);
		if (x->below && !add_mounts(r, x, x->prefix, handler))
			add_each_method(r, x, "", x->prefix, true, call);
		return;
	case ROUTE_MOUNT:
		path = router_join(e, x->prefix, arg_text(r, call, v->arg));
		if (!add_mounts(r, x, path, handler))
			add_route(r, x, "", path, true, call);
		return;
	case ROUTE_LISTS:
		add_lists(r, x, call);
		return;
	case ROUTE_GROUP: case ROUTE_SCOPE: case ROUTE_INLINE: case ROUTE_SAME: case ROUTE_METHODS:
		return;
	}
}

/* store{}.GET("/x", ...): a value of a type of one's own, with nothing in it. */
static bool is_plain_value(struct routing *r, struct expr call)
{
	struct eval *e = &r->p->eval;
	uint32_t operand;
	struct values v;

	code_callee(e->c, call.file, call.node, &operand);
	eval_begin(e);
	eval_values(e, eval_bare(e, (struct expr){ call.file, operand, call.frame }), &v);
	for (uint32_t i = 0; i < v.count; i++) {
		struct expr x = v.item[i].kind == VALUE_EXPR ? eval_bare(e, v.item[i].at) :
				v.item[i].at;
		uint32_t body;

		if (x.node && code_node(e->c, x.file, x.node)->kind == SYN_COMPOSITE_LITERAL &&
		    (body = code_child(e->c, x.file, x.node, FIELD_BODY)) &&
		    !code_count(e->c, x.file, body))
			return true;
	}
	return false;
}

/* A receiver that nothing tells, in a file of one framework: a route whose head is unknown. */
static void guess(struct routing *r, const struct verb_row *v, struct expr call)
{
	const struct code *c = r->p->eval.c;
	uint32_t path = code_arg(c, call.file, call.node, v->arg);
	const struct framework_row *row = &framework_rows[v->framework];
	struct router x = { .framework = v->framework, .file = call.file, .node = call.node,
			    .prefix = v->framework == FW_NET_HTTP ? "" : "\1" };
	const char *s;
	size_t len;

	if (v->form > ROUTE_BELOW || !path || is_plain_value(r, call) ||
	    code_nargs(c, call.file, call.node) < 2 || !code_imports(c, call.file, row->path))
		return;
	for (unsigned f = 0; f < FW_COUNT; f++)
		if (f != v->framework && f != FW_NET_HTTP &&
		    code_imports(c, call.file, framework_rows[f].path))
			return;
	if (code_node(c, call.file, path)->kind != SYN_STRING)
		return;
	s = code_text(c, call.file, path, &len);
	if (len > 2 && (s[1] == '/' || v->framework == FW_NET_HTTP))
		apply(r, v, &x, call);
}

static const struct verb_row *verb_of(enum framework f, const char *name)
{
	for (uint32_t i = 0; i < nverb_rows; i++)
		if (verb_rows[i].framework == f && !strcmp(verb_rows[i].name, name))
			return &verb_rows[i];
	return NULL;
}

static void look_at(struct program *p, unsigned row, struct expr call)
{
	struct routing *r = p->routing;
	const char *verb = verb_rows[row].name;
	struct eval *e = &p->eval;
	uint32_t operand, name = code_callee(e->c, call.file, call.node, &operand);
	struct routers found = { .count = 0 };
	const char *s;
	size_t len;

	if (!name || !operand)
		return;
	eval_begin(e);
	s = eval_callee(e, call.file, call.node, &(const char *){ NULL }, &len);
	if (!strcmp(s, "net/http") && verb_of(FW_NET_HTTP, verb)) {
		struct router x = { .framework = FW_NET_HTTP, .prefix = "" };

		apply(r, verb_of(FW_NET_HTTP, verb), &x, call);
		return;
	}
	if (*s)
		return;
	router_of(e, (struct expr){ call.file, operand, call.frame }, &found);
	for (uint32_t i = 0; i < found.count; i++) {
		const struct verb_row *v = verb_of(found.item[i].framework, verb);

		if (v)
			apply(r, v, &found.item[i], call);
	}
	for (unsigned f = 0; !found.count && f < FW_COUNT; f++) {
		const struct verb_row *v = verb_of((enum framework)f, verb);

		if (v)
			guess(r, v, call);
	}
}

/* The first row of each name; others of that name are found through the router. */
static bool is_first(uint32_t row)
{
	for (uint32_t i = 0; i < row; i++)
		if (!strcmp(verb_rows[i].name, verb_rows[row].name))
			return false;
	return true;
}

static void write_route(struct routing *r, const struct pending *p, const char *path)
{
	struct found *f = r->p->found;
	struct service_route *route;
	const char *text = p->router.framework == FW_NET_HTTP || *path == '/' ||
			   *path == TEXT_UNKNOWN || *path == TEXT_ENV ? path :
			   arena_printf(r->p->eval.arena, "/%s", path);

	GROW(r->p->eval.arena, f->s.route, f->s.nroutes, f->route_cap);
	route = &f->s.route[f->s.nroutes++];
	*route = (struct service_route){
		.method = p->method, .path = text_of(r->p, text), .prefix = p->prefix,
		.framework = framework_rows[p->router.framework].name, .protocol = PROTO_HTTP,
		.at = place_of(r->p, p->file, p->node),
	};
	r->p->stats->unresolved_routes += !*route->path.text;
}

/* Up through the mounts; a router that is mounted nowhere is served as it is. */
static void settle(struct routing *r, const struct pending *p, const struct router *at,
		   const char *path, unsigned depth)
{
	bool mounted = false;

	if (++r->ways > MOUNT_WAYS)
		return;
	for (uint32_t i = 0; depth < MOUNT_DEPTH && i < r->nmounts; i++) {
		const struct mount *m = &r->mount[i];

		if (m->file != at->file || m->node != at->node)
			continue;
		mounted = true;
		settle(r, p, &m->parent, router_join(&r->p->eval, m->parent.prefix, path),
		       depth + 1);
	}
	if (!mounted)
		write_route(r, p, path);
}

void routes_find(struct program *p)
{
	struct routing r = { .p = p };

	p->routing = &r;
	for (uint32_t i = 0; i < nverb_rows; i++) {
		bool builder = verb_rows[i].form >= ROUTE_GROUP &&
			       verb_rows[i].form <= ROUTE_METHODS;

		if (!builder && is_first(i))
			sites_walk(p, CODE_CALLS, verb_rows[i].name, NULL, look_at, i);
	}
	for (uint32_t i = 0; i < r.nroutes; i++, r.ways = 0)
		settle(&r, &r.route[i], &r.route[i].router, r.route[i].path, 0);
	p->routing = NULL;
}
