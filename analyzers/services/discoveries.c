/* SPDX-License-Identifier: MIT */
/* discoveries.c - registration and look-up inside the program. */
#include "analyzers/services/program.h"

static const struct { const char *library, *does, *path, *name; int arg; const char *key; }
rows[] = {
#define DISCOVERY(library, does, path, name, arg, key) { library, does, path, name, arg, key },
#include "analyzers/services/discoveries.def"
#undef DISCOVERY
};

/* The expression that names it; node 0 = none. */
static struct expr name_of(struct program *p, unsigned row, struct expr x)
{
	struct eval *e = &p->eval;
	struct expr at = { x.file, 0, x.frame };
	struct values v;

	if (rows[row].arg < 0)
		return at;
	at.node = code_arg(e->c, x.file, x.node, (uint32_t)rows[row].arg);
	if (!at.node || !*rows[row].key)
		return at;
	at = eval_bare(e, at);
	eval_begin(e);
	eval_values(e, at, &v);
	for (uint32_t i = 0; i < v.count; i++) {
		struct expr y = v.item[i].at;

		if (v.item[i].kind != VALUE_EXPR)
			continue;
		y = eval_bare(e, y);
		if (code_node(e->c, y.file, y.node)->kind != SYN_COMPOSITE_LITERAL)
			continue;
		y.node = literal_key(e->c, y.file, y.node, rows[row].key);
		if (y.node)
			return y;
	}
	at.node = 0;
	return at;
}

static void at_call(struct program *p, unsigned row, struct expr x)
{
	struct found *f = p->found;
	struct service_discovery *d;
	struct expr name;
	const char *text = "";

	if (!code_imports(p->eval.c, x.file, rows[row].path))
		return;
	/* Of a name as common as Service: client.Health().Service(...). */
	if (!strcmp(rows[row].name, "Service") || !strcmp(rows[row].name, "Connect")) {
		uint32_t operand;

		code_callee(p->eval.c, x.file, x.node, &operand);
		if (!operand || code_nargs(p->eval.c, x.file, x.node) < 3)
			return;
	}
	name = name_of(p, row, x);
	eval_begin(&p->eval);
	if (name.node)
		text = eval_text(&p->eval, name);
	GROW(p->eval.arena, f->s.discovery, f->s.ndiscoveries, f->discovery_cap);
	d = &f->s.discovery[f->s.ndiscoveries++];
	*d = (struct service_discovery){
		.library = rows[row].library, .does = rows[row].does, .name = text_of(p, text),
		.at = place_of(p, x.file, x.node),
	};
}

void discoveries_find(struct program *p)
{
	for (unsigned r = 0; r < ARRAY_SIZE(rows); r++)
		sites_walk(p, CODE_CALLS, rows[r].name, NULL, at_call, r);
}
