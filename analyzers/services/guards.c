/* SPDX-License-Identifier: MIT */
/* guards.c - breakers, retries, timeouts and limits, with their settings as written. */
#include "analyzers/services/program.h"

static const struct { const char *library, *kind, *path, *name; int arg; } calls[] = {
#define GUARD_CALL(library, kind, path, name, arg) { library, kind, path, name, arg },
#define GUARD_LITERAL(library, kind, path, type, key)
#define GUARD_CONFIG(library, path, name, arg)
#include "analyzers/services/guards.def"
#undef GUARD_CALL
#undef GUARD_LITERAL
#undef GUARD_CONFIG
};

static const struct { const char *library, *kind, *path, *type, *key; } literals[] = {
#define GUARD_CALL(library, kind, path, name, arg)
#define GUARD_LITERAL(library, kind, path, type, key) { library, kind, path, type, key },
#define GUARD_CONFIG(library, path, name, arg)
#include "analyzers/services/guards.def"
#undef GUARD_CALL
#undef GUARD_LITERAL
#undef GUARD_CONFIG
};

static const struct { const char *library, *path, *name; uint32_t arg; } configs[] = {
#define GUARD_CALL(library, kind, path, name, arg)
#define GUARD_LITERAL(library, kind, path, type, key)
#define GUARD_CONFIG(library, path, name, arg) { library, path, name, arg },
#include "analyzers/services/guards.def"
#undef GUARD_CALL
#undef GUARD_LITERAL
#undef GUARD_CONFIG
};

static const struct { const char *name; int64_t milliseconds; } units[] = {
	{ "Millisecond", 1 }, { "Second", 1000 }, { "Minute", 60000 }, { "Hour", 3600000 },
};

struct guarding { struct program *p; struct service_guard g; uint32_t cap; };

static int64_t product(int64_t a, int64_t b)
{
	int64_t r;

	if (a == INT64_MIN || b == INT64_MIN || __builtin_mul_overflow(a, b, &r))
		return INT64_MIN;
	return r;
}

/* The text of a plain number, or of one through a name; INT64_MIN = none. */
static int64_t number(struct program *p, struct expr x)
{
	const char *t;
	char *end;
	int64_t n = 0;

	eval_begin(&p->eval);
	t = text_settled(p, eval_text(&p->eval, x));
	end = (char *)t;
	for (; *end == '_' || (*end >= '0' && *end <= '9'); end++)
		if (*end != '_' && n < INT64_MAX / 100)
			n = n * 10 + (*end - '0');
	/* 5e3 and 0.5 are no whole numbers: the literal says it. */
	return end == t || *end ? INT64_MIN : n;
}

static bool is_conversion(struct program *p, struct expr call)
{
	uint32_t operand, name = code_callee(p->eval.c, call.file, call.node, &operand);
	size_t len;
	const char *s = name ? code_text(p->eval.c, call.file, name, &len) : "";

	return name && code_nargs(p->eval.c, call.file, call.node) == 1 &&
	       word_in("Duration int int32 int64 uint uint32 uint64 float64", s, len);
}

/* Durations in milliseconds, numbers as they are, the number in a condition. */
static int64_t value_of(struct program *p, struct expr x, unsigned depth)
{
	const struct code *c = p->eval.c;
	const struct syn *n;
	size_t len;
	const char *s;
	struct values v;

	if (!x.node || depth > 12)
		return INT64_MIN;
	x = eval_bare(&p->eval, x);
	n = code_node(c, x.file, x.node);
	s = code_text(c, x.file, x.node, &len);
	for (unsigned i = 0; n->kind == SYN_SELECTOR_EXPRESSION && i < ARRAY_SIZE(units); i++)
		if (len == strlen(units[i].name) + 5 && !strncmp(s, "time.", 5) &&
		    !strncmp(s + 5, units[i].name, len - 5))
			return units[i].milliseconds;
	if (n->kind == SYN_BINARY_EXPRESSION) {
		uint32_t op = code_child(c, x.file, x.node, FIELD_OPERATOR);
		struct expr l = { x.file, code_child(c, x.file, x.node, FIELD_LEFT), x.frame };
		struct expr r = { x.file, code_child(c, x.file, x.node, FIELD_RIGHT), x.frame };

		if (op && code_node(c, x.file, op)->kind == SYN_MUL)
			return product(value_of(p, l, depth + 1), value_of(p, r, depth + 1));
		return INT64_MIN;
	}
	/* time.Duration(3), uint32(5); what else is called gives what nobody knows. */
	if (n->kind == SYN_CALL_EXPRESSION && !is_conversion(p, x))
		return INT64_MIN;
	if (n->kind == SYN_CALL_EXPRESSION)
		return value_of(p, (struct expr){ x.file, code_arg(c, x.file, x.node, 0), x.frame },
				depth + 1);
	if (n->kind == SYN_IDENTIFIER || n->kind == SYN_SELECTOR_EXPRESSION) {
		eval_begin(&p->eval);
		eval_values(&p->eval, x, &v);
		if (v.count == 1 && v.item[0].kind == VALUE_EXPR)
			return value_of(p, v.item[0].at, depth + 1);
		return INT64_MIN;
	}
	return number(p, x);
}

static void add_setting(struct guarding *g, const char *key, size_t len, struct expr x)
{
	struct arena *arena = g->p->eval.arena;
	struct service_setting *s;
	size_t n;
	const char *text;

	if (!x.node)
		return;
	text = code_text(g->p->eval.c, x.file, x.node, &n);
	GROW(arena, g->g.setting, g->g.nsettings, g->cap);
	s = &g->g.setting[g->g.nsettings++];
	*s = (struct service_setting){
		.key = arena_strndup(arena, key, len), .literal = arena_strndup(arena, text, n),
		.value = value_of(g->p, x, 0), .at = place_of(g->p, x.file, x.node),
	};
}

/* ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures > 5 } */
static void add_condition(struct guarding *g, const char *key, size_t len, struct expr x)
{
	const struct syntax *s = &g->p->eval.c->file[x.file].syn;

	for (uint32_t k = x.node; k < s->syn[x.node].next; k++) {
		uint32_t right;

		if (s->syn[k].kind != SYN_BINARY_EXPRESSION)
			continue;
		right = syntax_child(s, k, FIELD_OPERATOR);
		if (!right || (s->syn[right].kind != SYN_GT && s->syn[right].kind != SYN_GE))
			continue;
		add_setting(g, key, len, (struct expr){ x.file, k, x.frame });
		right = syntax_child(s, k, FIELD_RIGHT);
		g->g.setting[g->g.nsettings - 1].value =
			value_of(g->p, (struct expr){ x.file, right, x.frame }, 0);
	}
}

static void add_keys(struct guarding *g, struct expr literal, const char *but)
{
	const struct code *c = g->p->eval.c;
	const struct syntax *s = &c->file[literal.file].syn;
	uint32_t body = s->syn[literal.node].kind == SYN_LITERAL_VALUE ? literal.node :
			syntax_child(s, literal.node, FIELD_BODY);

	if (!body)
		return;
	syntax_foreach_child(s, body, k) {
		uint32_t key = syntax_child(s, k, FIELD_KEY), value;
		size_t len;
		const char *name;

		if (s->syn[k].kind != SYN_KEYED_ELEMENT || !key ||
		    !(value = syntax_child(s, k, FIELD_VALUE)) || value + 1 >= s->syn[k].next)
			continue;
		name = code_text(c, literal.file, key, &len);
		struct expr x = { literal.file, value + 1, literal.frame };

		if (strlen(but) == len && !strncmp(name, but, len))
			continue;
		if (s->syn[x.node].kind == SYN_FUNC_LITERAL)
			add_condition(g, name, len, x);
		else
			add_setting(g, name, len, x);
	}
}

/* client.RetryMax = 3 where client is what the call gave. */
static void add_fields(struct guarding *g, struct expr call)
{
	const struct code *c = g->p->eval.c;
	const struct syntax *s = &c->file[call.file].syn;
	uint32_t list = s->syn[call.node].parent, at = s->syn[list].parent, left, f;
	const char *name, *text;
	size_t len, n;

	if (s->syn[list].kind != SYN_EXPRESSION_LIST || !(left = syntax_child(s, at, FIELD_LEFT)) ||
	    !(f = code_outer_function(c, call.file, call.node)))
		return;
	name = code_text(c, call.file, left + 1, &len);
	for (uint32_t k = f; k < s->syn[f].next; k++) {
		uint32_t to, operand, field, right;

		if (s->syn[k].kind != SYN_ASSIGNMENT || !(to = syntax_child(s, k, FIELD_LEFT)) ||
		    s->syn[to + 1].kind != SYN_SELECTOR_EXPRESSION ||
		    !(operand = syntax_child(s, to + 1, FIELD_OPERAND)) ||
		    !(field = syntax_child(s, to + 1, FIELD_FIELD)) ||
		    !(right = syntax_child(s, k, FIELD_RIGHT)))
			continue;
		text = code_text(c, call.file, operand, &n);
		if (n != len || strncmp(text, name, len) != 0)
			continue;
		text = code_text(c, call.file, field, &n);
		right = code_nth(c, call.file, right, 0);
		if (right && s->syn[right].kind != SYN_FUNC_LITERAL &&
		    s->syn[right].kind != SYN_NIL)
			add_setting(g, text, n, (struct expr){ call.file, right, call.frame });
	}
}

static void add_options(struct guarding *g, struct expr call, const char *path, int skip)
{
	struct eval *e = &g->p->eval;
	uint32_t n = code_nargs(e->c, call.file, call.node);

	for (uint32_t i = 0; i < n; i++) {
		struct expr x = { call.file, code_arg(e->c, call.file, call.node, i), call.frame };
		const char *name;
		size_t len;

		if ((int)i == skip)
			continue;
		x = eval_bare(e, x);
		uint32_t kind = code_node(e->c, x.file, x.node)->kind;

		if (kind == SYN_COMPOSITE_LITERAL)
			add_keys(g, x, "");
		else if (kind == SYN_CALL_EXPRESSION &&
			 !strcmp(eval_callee(e, x.file, x.node, &name, &len), path) &&
			 code_nargs(e->c, x.file, x.node) == 1)
			add_setting(g, name, len, (struct expr){ x.file,
				    code_arg(e->c, x.file, x.node, 0), x.frame });
		else if (kind == SYN_INT || (kind == SYN_BINARY_EXPRESSION))
			add_setting(g, arena_printf(e->arena, "argument %u", i + 1),
				    strlen("argument 1"), x);
	}
}

static void finish(struct guarding *g, struct expr at, unsigned row)
{
	struct found *f = g->p->found;

	g->g.at = place_of(g->p, at.file, at.node);
	g->g.to = SERVICE_NONE;
	g->g.reason = "";
	GROW(g->p->eval.arena, f->guard_site, f->s.nguards, f->guard_site_cap);
	f->guard_site[f->s.nguards] = (struct guard_site){ at, row };
	GROW(g->p->eval.arena, f->s.guard, f->s.nguards, f->guard_cap);
	f->s.guard[f->s.nguards++] = g->g;
}

const char *name_text(struct program *p, struct expr x)
{
	struct service_text t;

	if (!x.node)
		return "";
	eval_begin(&p->eval);
	t = text_of(p, eval_text(&p->eval, x));
	return t.head || t.tail ? "" : t.text;
}

static void at_call(struct program *p, unsigned row, struct expr x)
{
	struct guarding g = { .p = p };
	const char *name;
	size_t len;
	const char *path = eval_callee(&p->eval, x.file, x.node, &name, &len);

	if (!code_path_fits(path, calls[row].path))
		return;
	g.g = (struct service_guard){
		.library = calls[row].library, .kind = calls[row].kind, .name = "",
	};
	if (calls[row].arg >= 0)
		g.g.name = name_text(p, (struct expr){ x.file, code_arg(p->eval.c, x.file, x.node,
				     (uint32_t)calls[row].arg), x.frame });
	add_options(&g, x, path, calls[row].arg);
	add_fields(&g, x);
	finish(&g, x, row);
}

static void at_literal(struct program *p, unsigned row, struct expr x)
{
	struct guarding g = { .p = p };

	if (!code_path_fits(literal_path(p->eval.c, x.file, x.node), literals[row].path))
		return;
	g.g = (struct service_guard){
		.library = literals[row].library, .kind = literals[row].kind, .name = "",
	};
	if (*literals[row].key)
		g.g.name = name_text(p, (struct expr){ x.file, literal_key(p->eval.c, x.file,
				     x.node, literals[row].key), x.frame });
	else if (!literal_key(p->eval.c, x.file, x.node, "Timeout"))
		return;
	add_keys(&g, x, literals[row].key);
	finish(&g, x, ARRAY_SIZE(calls) + row);
}

static void at_config(struct program *p, unsigned row, struct expr x)
{
	struct guarding g = { .p = p };
	uint32_t arg = code_arg(p->eval.c, x.file, x.node, configs[row].arg);
	struct expr text = { x.file, arg, x.frame };
	const char *name;
	size_t len;

	if (!code_path_fits(eval_callee(&p->eval, x.file, x.node, &name, &len), configs[row].path))
		return;
	g.g = (struct service_guard){ .library = configs[row].library, .name = "" };
	if (text.node && guard_config(p, text, &g.g))
		finish(&g, x, ARRAY_SIZE(calls) + ARRAY_SIZE(literals) + row);
}

void guards_find(struct program *p)
{
	for (unsigned i = 0; i < ARRAY_SIZE(calls); i++)
		sites_walk(p, CODE_CALLS, calls[i].name, NULL, at_call, i);
	for (unsigned i = 0; i < ARRAY_SIZE(literals); i++)
		sites_walk(p, CODE_LITERALS, literals[i].type, NULL, at_literal, i);
	for (unsigned i = 0; i < ARRAY_SIZE(configs); i++)
		sites_walk(p, CODE_CALLS, configs[i].name, NULL, at_config, i);
}
