/* SPDX-License-Identifier: MIT */
/* calls.c - whom a program calls: gRPC clients, HTTP clients; what it registers; its keys. */
#include "analyzers/services/grpc_names.h"
#include "analyzers/services/match.h"
#include "analyzers/services/program.h"
#include "base/limits.h"

static const struct { const char *path, *name; uint32_t arg; } clients[] = {
#define CLIENT(path, name, arg) { path, name, arg },
#define DIAL(path, name, arg, option)
#define ADDRESS_END(word)
#include "analyzers/services/clients.def"
#undef CLIENT
#undef DIAL
#undef ADDRESS_END
};

static const struct { const char *path, *name; uint32_t arg; const char *option; } dials[] = {
#define CLIENT(path, name, arg)
#define DIAL(path, name, arg, option) { path, name, arg, option },
#define ADDRESS_END(word)
#include "analyzers/services/clients.def"
#undef CLIENT
#undef DIAL
#undef ADDRESS_END
};

static struct service_call *add_call(struct program *p, struct expr x)
{
	uint32_t file = x.file, node = x.node;
	struct found *f = p->found;
	uint32_t operand, name = code_callee(p->eval.c, file, node, &operand), from;
	struct service_call *call;

	GROW(p->eval.arena, f->call_site, f->s.ncalls, f->call_site_cap);
	f->call_site[f->s.ncalls] = (struct call_site){ .at = x };
	GROW(p->eval.arena, f->s.call, f->s.ncalls, f->call_cap);
	call = &f->s.call[f->s.ncalls++];
	from = operand && code_node(p->eval.c, file, operand)->kind == SYN_IDENTIFIER ? operand :
	       name;
	*call = (struct service_call){
		.to = SERVICE_NONE, .host = { .text = "" }, .env = "", .reason = "",
		.at = place_of(p, file, node),
		.client = arena_strndup(p->eval.arena,
			p->eval.c->file[file].bytes + code_node(p->eval.c, file, from)->start,
			code_node(p->eval.c, file, name)->end -
			code_node(p->eval.c, file, from)->start),
	};
	return call;
}

static void set_address(struct program *p, struct service_call *call, const char *text)
{
	struct address a = address_of(p, text);

	call->host = text_of(p, a.host);
	call->port = number_of(text_settled(p, a.port));
	call->env = a.env;
	if (!strcmp(a.scheme, "https")) {
		call->tls = true;
		call->protocol = PROTO_HTTPS;
		call->port = call->port ? call->port : 443;
	} else if (!strcmp(a.scheme, "http") && !call->port && !*a.env && !call->host.tail) {
		call->port = 80;
	}
}

/* The call that dials, behind the expression of a connection; node 0 = not found. */
static struct expr dial_of(struct eval *e, struct expr x, unsigned *ret_row)
{
	struct expr none = { x.file, 0, NULL };
	const char *name;
	struct values v;
	size_t len;

	if (!x.node || e->depth > 24 || e->steps > limit_of(LIMIT_SERVICE_STEPS))
		return none;
	x = eval_bare(e, x);
	e->depth++;
	e->steps++;
	if (code_node(e->c, x.file, x.node)->kind == SYN_CALL_EXPRESSION) {
		const char *path = eval_callee(e, x.file, x.node, &name, &len);
		const struct frame *f;

		for (unsigned i = 0; *path && i < ARRAY_SIZE(dials); i++)
			if (strlen(dials[i].name) == len && !strncmp(name, dials[i].name, len) &&
			    code_path_fits(path, dials[i].path)) {
				*ret_row = i;
				e->depth--;
				return x;
			}
		v.count = 0;
		if ((f = eval_enter(e, x)))
			eval_results(e, f, 0, &v);
	} else {
		eval_values(e, x, &v);
	}
	for (uint32_t i = 0; i < v.count; i++) {
		struct expr y = v.item[i].kind == VALUE_EXPR ? v.item[i].at : none;

		if (y.node && (y.node != x.node || y.file != x.file))
			y = dial_of(e, y, ret_row);
		else
			y = none;
		if (y.node) {
			e->depth--;
			return y;
		}
	}
	e->depth--;
	return none;
}

static bool says(const struct eval *e, uint32_t file, uint32_t node, const char *word)
{
	size_t len, n = strlen(word);
	const char *s = code_text(e->c, file, node, &len);

	for (size_t i = 0; i + n <= len; i++)
		if (s[i] == *word && !memcmp(s + i, word, n))
			return true;
	return false;
}

static const char *dialled(struct program *p, struct expr dial, unsigned row)
{
	struct eval *e = &p->eval;
	uint32_t arg = code_arg(e->c, dial.file, dial.node, dials[row].arg), operand;
	struct expr at = dial;

	for (uint32_t i = 0; *dials[row].option &&
	     i < code_nargs(e->c, dial.file, dial.node); i++) {
		uint32_t k = code_arg(e->c, dial.file, dial.node, i);

		if (code_node(e->c, dial.file, k)->kind == SYN_CALL_EXPRESSION &&
		    code_is(e->c, dial.file, code_callee(e->c, dial.file, k, &operand),
			    dials[row].option))
			arg = code_arg(e->c, dial.file, k, 0);
	}
	if (!arg)
		return "\1";
	at.node = arg;
	eval_begin(e);
	return eval_text(e, at);
}

static void grpc_client(struct program *p, unsigned unused UNUSED, struct expr x)
{
	struct eval *e = &p->eval;
	const char *name = grpc_name(e, x.file, x.node, "New", "Client");
	struct service_call *call;
	struct expr dial;
	unsigned row = 0;

	if (!name)
		return;
	call = add_call(p, x);
	call->protocol = PROTO_GRPC;
	call->reason = name;            /* the name itself, until calls are matched */
	eval_begin(e);
	dial = dial_of(e, (struct expr){ x.file, code_arg(e->c, x.file, x.node, 0), x.frame },
		       &row);
	if (!dial.node)
		return;
	p->found->call_site[p->found->s.ncalls - 1].dial = dial;
	set_address(p, call, dialled(p, dial, row));
	uint32_t f = code_outer_function(e->c, dial.file, dial.node);

	call->tls = f && !says(e, dial.file, f, "nsecure") &&
		    (says(e, dial.file, f, "NewTLS(") || says(e, dial.file, f, "NewClientTLS"));
}

static void grpc_server(struct program *p, unsigned row UNUSED, struct expr x)
{
	struct found *f = p->found;
	const char *name = grpc_name(&p->eval, x.file, x.node, "Register", "Server");

	if (!name)
		return;
	GROW(p->eval.arena, f->s.route, f->s.nroutes, f->route_cap);
	f->s.route[f->s.nroutes++] = (struct service_route){
		.method = "", .framework = "grpc", .protocol = PROTO_GRPC, .prefix = true,
		.path = { .text = arena_printf(p->eval.arena, "/%s/", name) },
		.at = place_of(p, x.file, x.node),
	};
}

/* $ORDERS_URL/orders: a URL, whoever is asked for it. */
static bool is_key_and_path(struct program *p, const char *text)
{
	const char *end = strchr(text, TEXT_END), *standard;

	return *text == TEXT_ENV && end && end[1] == '/' &&
	       *match_key_name(env_key(p, text, &standard), p->eval.arena);
}

static void http_client(struct program *p, unsigned row, struct expr x)
{
	struct eval *e = &p->eval;
	uint32_t arg = code_arg(e->c, x.file, x.node, clients[row].arg), operand;
	const char *callee, *text, *path;
	struct service_call *call;
	size_t len;

	path = eval_callee(e, x.file, x.node, &callee, &len);
	code_callee(e->c, x.file, x.node, &operand);
	if (!arg || (*clients[row].path ? !code_path_fits(path, clients[row].path) :
				     *path || !operand))
		return;
	eval_begin(e);
	text = eval_text(e, (struct expr){ x.file, arg, x.frame });
	if (!*clients[row].path && strncmp(text, "http", 4) != 0 && !is_key_and_path(p, text))
		return;
	if (!strstr(text, "://") && !(*text == TEXT_ENV)) {
		p->stats->unresolved_calls += *clients[row].path && *text != '/';
		return;
	}
	call = add_call(p, x);
	call->protocol = PROTO_HTTP;
	set_address(p, call, text);
	if (!*call->host.text && !*call->env) {
		p->found->s.ncalls--;
		p->stats->unresolved_calls++;
	}
}

static void add_env(struct program *p, const char *key, const char *standard, uint32_t file,
		    uint32_t node)
{
	struct found *f = p->found;

	if (!*key || strpbrk(key, "\1\2\3\4"))
		return;
	for (uint32_t i = 0; i < f->s.nenvs; i++)
		if (!strcmp(f->s.env[i].key, key)) {
			if (!*f->s.env[i].standard)
				f->s.env[i].standard = standard;
			return;
		}
	GROW(p->eval.arena, f->s.env, f->s.nenvs, f->env_cap);
	f->s.env[f->s.nenvs++] = (struct service_env){ key, standard, place_of(p, file, node) };
}

/* os.Getenv and its like; where the key is a parameter, each call says one. */
static void environment(struct program *p, unsigned row UNUSED, struct expr x)
{
	struct eval *e = &p->eval;
	const char *name, *key, *standard;
	size_t len;

	if (!*eval_callee(e, x.file, x.node, &name, &len))
		return;
	eval_begin(e);
	key = env_key(p, eval_text(e, x), &standard);
	if (x.frame && *key) {
		const char *other, *std;

		eval_begin(e);
		other = env_key(p, eval_text(e, x.frame->call), &std);
		if (!strcmp(other, key))
			standard = std;
		add_env(p, key, standard, x.frame->call.file, x.frame->call.node);
		return;
	}
	add_env(p, key, standard, x.file, x.node);
}

/* Fields with `env:"KEY"`. */
static void tags(struct program *p)
{
	struct code *c = p->eval.c;

	for (uint32_t id = 1; id < c->names.count && id < c->head_cap; id++)
		for (const struct code_site *x = c->head[CODE_FIELDS][id].first; x; x = x->next) {
			struct code_site s = *x;
			uint32_t at = code_child(c, s.file, s.node, FIELD_TAG);
			const char *tag, *q, *std;
			size_t len;

			if (!at || !eval_within(&p->eval, s.file))
				continue;
			tag = code_text(c, s.file, at, &len);
			tag = arena_strndup(p->eval.arena, tag, len);
			q = strstr(tag, "env:\"");
			if (!q || (q[-1] != '`' && q[-1] != ' '))
				q = strstr(tag, "envconfig:\"");
			if (!q)
				continue;
			q = strchr(q, '"') + 1;
			std = strstr(tag, "efault:\"");
			add_env(p, arena_strndup(p->eval.arena, q, strcspn(q, ",\"")),
				std ? arena_strndup(p->eval.arena, std + 8,
						    strcspn(std + 8, "\"")) : "", s.file, s.node);
		}
}

void calls_find(struct program *p)
{
	struct code *c = p->eval.c;
	uint32_t names = c->names.count;

	for (uint32_t id = 1; id < names; id++) {
		const char *name = sym_text(&c->names, (sym_id){ id });
		size_t len = strlen(name);

		if (len > 9 && !strncmp(name, "New", 3) && !strcmp(name + len - 6, "Client"))
			sites_walk(p, CODE_CALLS, name, NULL, grpc_client, 0);
		if (len > 14 && !strncmp(name, "Register", 8) && !strcmp(name + len - 6, "Server"))
			sites_walk(p, CODE_CALLS, name, NULL, grpc_server, 0);
	}
	for (unsigned i = 0; i < ARRAY_SIZE(clients); i++)
		sites_walk(p, CODE_CALLS, clients[i].name, NULL, http_client, i);
	sites_walk(p, CODE_CALLS, "Getenv", NULL, environment, 0);
	sites_walk(p, CODE_CALLS, "LookupEnv", NULL, environment, 0);
	tags(p);
	/* Defaults that the addresses know. */
	for (uint32_t i = 0; i < p->found->s.nports; i++) {
		const struct service_port *port = &p->found->s.port[i];

		for (uint32_t k = 0; *port->env && port->number && k < p->found->s.nenvs; k++)
			if (!strcmp(p->found->s.env[k].key, port->env) &&
			    !*p->found->s.env[k].standard)
				p->found->s.env[k].standard =
					arena_printf(p->eval.arena, "%u", port->number);
	}
}
