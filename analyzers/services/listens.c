/* SPDX-License-Identifier: MIT */
/* listens.c - the ports that a program listens on, and the keys that choose them. */
#include "analyzers/services/program.h"
#include "base/limits.h"
#include "base/yaml.h"
#include "graph/source/tree.h"

#include <stdlib.h>

static const struct { const char *path, *name; uint32_t arg; enum service_protocol protocol; }
calls[] = {
#define LISTEN_CALL(path, name, arg, protocol) { path, name, arg, protocol },
#define LISTEN_FIELD(path, type, field, protocol)
#define LISTEN_METHOD(framework, name, arg, protocol)
#define LISTEN_FILE(path, name, key, protocol)
#include "analyzers/services/listeners.def"
#undef LISTEN_CALL
#undef LISTEN_FIELD
#undef LISTEN_METHOD
#undef LISTEN_FILE
};

static const struct { const char *path, *type, *field; enum service_protocol protocol; }
fields[] = {
#define LISTEN_CALL(path, name, arg, protocol)
#define LISTEN_FIELD(path, type, field, protocol) { path, type, field, protocol },
#define LISTEN_METHOD(framework, name, arg, protocol)
#define LISTEN_FILE(path, name, key, protocol)
#include "analyzers/services/listeners.def"
#undef LISTEN_CALL
#undef LISTEN_FIELD
#undef LISTEN_METHOD
#undef LISTEN_FILE
};

static const struct {
	enum framework framework;
	const char *name;
	uint32_t arg;
	enum service_protocol protocol;
} methods[] = {
#define LISTEN_CALL(path, name, arg, protocol)
#define LISTEN_FIELD(path, type, field, protocol)
#define LISTEN_METHOD(framework, name, arg, protocol) { framework, name, arg, protocol },
#define LISTEN_FILE(path, name, key, protocol)
#include "analyzers/services/listeners.def"
#undef LISTEN_CALL
#undef LISTEN_FIELD
#undef LISTEN_METHOD
#undef LISTEN_FILE
};

static const struct { const char *path, *name, *key; enum service_protocol protocol; } files[] = {
#define LISTEN_CALL(path, name, arg, protocol)
#define LISTEN_FIELD(path, type, field, protocol)
#define LISTEN_METHOD(framework, name, arg, protocol)
#define LISTEN_FILE(path, name, key, protocol) { path, name, key, protocol },
#include "analyzers/services/listeners.def"
#undef LISTEN_CALL
#undef LISTEN_FIELD
#undef LISTEN_METHOD
#undef LISTEN_FILE
};

static void add_port(struct program *p, const char *text, enum service_protocol protocol,
		     uint32_t file, uint32_t node)
{
	struct address a = address_of(p, text);
	struct found *f = p->found;
	uint32_t number = number_of(a.port);
	const char *host = text_settled(p, a.host);

	f->listens = true;
	/* What chooses the port, not the interface. */
	if (*a.port_env || *a.port)
		a.env = *a.port_env || strcmp(a.env, env_key(p, a.host, &a.standard)) == 0 ?
			a.port_env : a.env;
	/* "8080" alone, as some frameworks take it. */
	if (!*a.port && !number)
		number = number_of(host);
	/* :0 is any port, of a test or of something that tells it. */
	if (!strcmp(a.port, "0"))
		return;
	for (uint32_t i = 0; i < f->s.nports; i++)
		if (f->s.port[i].number == number && f->s.port[i].protocol == protocol &&
		    !strcmp(f->s.port[i].env, a.env))
			return;
	GROW(p->eval.arena, f->s.port, f->s.nports, f->port_cap);
	f->s.port[f->s.nports++] = (struct service_port){
		.name = "", .number = number, .env = a.env, .protocol = protocol,
		.at = place_of(p, file, node),
	};
}

/* Does a function of the tree say that it gives a *grpc.Server? */
static bool gives_grpc(struct eval *e, struct expr call)
{
	const struct frame *f = eval_enter(e, call);
	uint32_t type = f ? code_child(e->c, f->file, f->function, FIELD_RESULT) : 0;
	const char *s, *at;
	size_t len;

	if (!type)
		return false;
	s = code_text(e->c, f->file, type, &len);
	at = strstr(s, "grpc.Server");
	return at && at < s + len;
}

/* What a listener is given to: grpc.Server or HTTP; by its name in the same function. */
static enum service_protocol protocol_of(struct program *p, struct expr call)
{
	struct eval *e = &p->eval;
	const struct syntax *s = &e->c->file[call.file].syn;
	uint32_t list = s->syn[call.node].parent, at = s->syn[list].parent, left, fn;
	const char *name;
	size_t len;

	left = s->syn[list].kind == SYN_EXPRESSION_LIST ? syntax_child(s, at, FIELD_LEFT) : 0;
	fn = code_outer_function(e->c, call.file, call.node);
	name = left ? code_text(e->c, call.file, left + 1, &len) : "";
	for (uint32_t k = fn; left && fn && k < s->syn[fn].next; k++) {
		uint32_t operand, callee, arg;
		size_t n;
		const char *text, *method;

		if (s->syn[k].kind != SYN_CALL_EXPRESSION ||
		    !(callee = code_callee(e->c, call.file, k, &operand)) || !operand ||
		    !(arg = code_arg(e->c, call.file, k, 0)))
			continue;
		text = code_text(e->c, call.file, arg, &n);
		if (n != len || strncmp(text, name, len) != 0 ||
		    (!code_is(e->c, call.file, callee, "Serve") &&
		     !code_is(e->c, call.file, callee, "ServeTLS")))
			continue;
		if (!strcmp(eval_callee(e, call.file, k, &method, &n), "net/http"))
			return PROTO_HTTP;
		struct values v;

		eval_begin(e);
		eval_values(e, (struct expr){ call.file, operand, call.frame }, &v);
		for (uint32_t i = 0; i < v.count; i++) {
			struct expr x = v.item[i].kind == VALUE_EXPR ?
				eval_bare(e, v.item[i].at) : v.item[i].at;

			if (!x.node)
				continue;
			if (!strcmp(literal_path(e->c, x.file, x.node), "net/http"))
				return PROTO_HTTP;
			if (code_node(e->c, x.file, x.node)->kind == SYN_CALL_EXPRESSION &&
			    (code_path_fits(eval_callee(e, x.file, x.node, &method, &n),
					    "google.golang.org/grpc") || gives_grpc(e, x)))
				return PROTO_GRPC;
		}
	}
	if (code_imports(e->c, call.file, "google.golang.org/grpc"))
		return PROTO_GRPC;
	return code_imports(e->c, call.file, "net/http") ? PROTO_HTTP : PROTO_TCP;
}

static void at_call(struct program *p, unsigned row, struct expr call)
{
	struct eval *e = &p->eval;
	enum service_protocol protocol = calls[row].protocol;
	uint32_t first = code_arg(e->c, call.file, call.node, 0);
	uint32_t arg = code_arg(e->c, call.file, call.node, calls[row].arg);

	if (!arg)
		return;
	eval_begin(e);
	if (calls[row].arg == 1) {
		const char *network = eval_text(e, (struct expr){ call.file, first, call.frame });

		if (!strncmp(network, "unix", 4))
			return;
		if (!strncmp(network, "udp", 3))
			protocol = PROTO_UDP;
	}
	if (protocol == PROTO_TCP)
		protocol = protocol_of(p, call);
	eval_begin(e);
	add_port(p, eval_text(e, (struct expr){ call.file, arg, call.frame }), protocol, call.file,
		 call.node);
}

static void at_method(struct program *p, unsigned row, struct expr call)
{
	struct eval *e = &p->eval;
	struct routers found = { .count = 0 };
	uint32_t operand, arg = code_arg(e->c, call.file, call.node, methods[row].arg);
	bool any = false;

	code_callee(e->c, call.file, call.node, &operand);
	if (!operand || *eval_callee(e, call.file, call.node, &(const char *){ NULL },
				     &(size_t){ 0 }))
		return;
	eval_begin(e);
	router_of(e, (struct expr){ call.file, operand, call.frame }, &found);
	for (uint32_t i = 0; i < found.count; i++)
		any |= found.item[i].framework == methods[row].framework;
	if (!any)
		return;
	eval_begin(e);
	/* gin's Run() listens on $PORT, else 8080. */
	add_port(p, arg ? eval_text(e, (struct expr){ call.file, arg, call.frame }) :
		 "\2PORT\4:8080\3", methods[row].protocol, call.file, call.node);
}

/* Names in listed paths of the configuration; what stands there, or NULL. */
static const char *configured(const struct yaml_node *n, const char *keys, struct arena *arena)
{
	while (n && *keys) {
		size_t len = strcspn(keys, ".");

		n = n->kind == YAML_MAP ? yaml_get(n, arena_strndup(arena, keys, len)) : NULL;
		keys += len + (keys[len] == '.');
	}
	return n && n->kind == YAML_TEXT && *n->text ? n->text : NULL;
}

static const char *read_key(struct program *p, const char *path, const char *keys)
{
	const struct source *s = p->eval.c->a->source;
	struct arena *arena = p->eval.arena;
	struct tree_buf buf = { .bytes = NULL };
	struct err err = ERR_INIT;
	const char *found = NULL;
	struct yaml_node *n;
	uint32_t ref;

	if (!path || !tree_find(s->tree, path, arena, &ref))
		return NULL;
	if (!tree_read(s->tree, path, ref, limit_of(LIMIT_YAML_BYTES), &buf, &err) &&
	    !yaml_read(path, buf.bytes, buf.len, arena, &n, &err))
		found = configured(n, keys, arena);
	tree_buf_release(&buf);
	return found;
}

/* Where a program's configuration may stand: what its flags say, from its folder upward. */
static const char *from_files(struct program *p, const char *keys)
{
	static const char *const usual[] = {
		"configs/config.yaml", "config/config.yaml", "config.yaml",
	};
	struct eval *e = &p->eval;
	struct arena *arena = e->arena;
	const char *folder = strcmp(p->found->s.package, ".") ? p->found->s.package : "";

	for (const struct code_site *s = code_first(e->c, CODE_CALLS, "String", 6); s;
	     s = s->next) {
		uint32_t arg = code_arg(e->c, s->file, s->node, 1);
		const char *t, *found;

		if (!eval_within(e, s->file) || !arg)
			continue;
		eval_begin(e);
		t = eval_text(e, (struct expr){ s->file, arg, NULL });
		if (!strstr(t, ".y") || strpbrk(t, "\1\2"))
			continue;
		found = read_key(p, path_clean(arena, path_join(arena, folder, t)), keys);
		if (found)
			return found;
	}
	for (const char *at = folder; ;) {
		for (unsigned i = 0; i < ARRAY_SIZE(usual); i++) {
			const char *found = read_key(p, path_join(arena, at, usual[i]), keys);

			if (found)
				return found;
		}
		const char *slash = strrchr(at, '/');

		if (!*at)
			return NULL;
		at = slash ? arena_strndup(arena, at, (size_t)(slash - at)) : "";
	}
}

static void at_file(struct program *p, unsigned row, struct expr call)
{
	const char *t = from_files(p, files[row].key);

	/* A kratos server that is given its address says so itself. */
	if (!t && strchr(files[row].key, '.'))
		return;
	add_port(p, t ? t : "\1", files[row].protocol, call.file, call.node);
}

static void at_field(struct program *p, unsigned row, struct expr x)
{
	struct eval *e = &p->eval;
	uint32_t value = literal_key(e->c, x.file, x.node, fields[row].field);

	if (!value)
		return;
	eval_begin(e);
	add_port(p, eval_text(e, (struct expr){ x.file, value, x.frame }), fields[row].protocol,
		 x.file, x.node);
}

/* A port that nothing tells says nothing where another of its protocol is known. */
static void drop_unknown(struct found *f)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < f->s.nports; i++) {
		const struct service_port *x = &f->s.port[i];
		bool better = false;

		for (uint32_t k = 0; k < f->s.nports; k++) {
			const struct service_port *y = &f->s.port[k];

			better |= !x->number && !*x->env && (y->number || *y->env);
			better |= x->number && x->protocol == PROTO_TCP && y->number == x->number &&
				  y->protocol != PROTO_TCP;
			better |= !*x->env && x->number && y->number == x->number && *y->env &&
				  y->protocol == x->protocol;
		}
		if (!better)
			f->s.port[n++] = *x;
	}
	f->s.nports = n;
}

void listens_find(struct program *p)
{
	for (unsigned i = 0; i < ARRAY_SIZE(calls); i++)
		sites_walk(p, CODE_CALLS, calls[i].name, calls[i].path, at_call, i);
	for (unsigned i = 0; i < ARRAY_SIZE(fields); i++)
		sites_walk(p, CODE_LITERALS, fields[i].type, fields[i].path, at_field, i);
	for (unsigned i = 0; i < ARRAY_SIZE(methods); i++)
		sites_walk(p, CODE_CALLS, methods[i].name, NULL, at_method, i);
	for (unsigned i = 0; i < ARRAY_SIZE(files); i++)
		sites_walk(p, CODE_CALLS, files[i].name, files[i].path, at_file, i);
	drop_unknown(p->found);
}
