/* SPDX-License-Identifier: MIT */
/* router.c - routers through variables, parameters, fields, results and wrappers. */
#include "analyzers/services/router.h"
#include "base/limits.h"

#include <string.h>

#define DEPTH_MAX 24u

const struct framework_row framework_rows[FW_COUNT] = {
#define ROUTER(id, name, path, makers, types, parts) [id] = { name, path, makers, types, parts },
#define VERB(router, name, form, method, arg)
#include "analyzers/services/routers.def"
#undef ROUTER
#undef VERB
};

const struct verb_row verb_rows[] = {
#define ROUTER(id, name, path, makers, types, parts)
#define VERB(router, name, form, method, arg) { router, name, form, method, arg },
#include "analyzers/services/routers.def"
#undef ROUTER
#undef VERB
};
const uint32_t nverb_rows = ARRAY_SIZE(verb_rows);

bool word_in(const char *words, const char *s, size_t len)
{
	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (n == len && !strncmp(p, s, len))
			return true;
		p += n;
	}
	return false;
}

const char *router_join(struct eval *e, const char *prefix, const char *path)
{
	size_t n = strlen(prefix);

	if (!n || !*path)
		return n ? prefix : path;
	if (prefix[n - 1] == '/' && *path == '/')
		path++;
	else if (prefix[n - 1] != '/' && *path != '/' && *path != TEXT_ENV &&
		 *path != TEXT_UNKNOWN && prefix[n - 1] != TEXT_UNKNOWN)
		return arena_printf(e->arena, "%s/%s", prefix, path);
	return arena_printf(e->arena, "%s%s", prefix, path);
}

static void add(struct routers *r, struct router x)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (r->item[i].file == x.file && r->item[i].node == x.node &&
		    !strcmp(r->item[i].prefix, x.prefix))
			return;
	if (r->count < ROUTERS_MAX)
		r->item[r->count++] = x;
}

static const struct verb_row *verb_of(enum framework f, const char *name, size_t len)
{
	for (uint32_t i = 0; i < nverb_rows; i++)
		if (verb_rows[i].framework == f && strlen(verb_rows[i].name) == len &&
		    !strncmp(verb_rows[i].name, name, len))
			return &verb_rows[i];
	return NULL;
}

static bool is_router_verb(const char *name, size_t len)
{
	for (uint32_t i = 0; i < nverb_rows; i++)
		if (verb_rows[i].form >= ROUTE_GROUP && strlen(verb_rows[i].name) == len &&
		    !strncmp(verb_rows[i].name, name, len))
			return true;
	return false;
}

static const char *arg_text(struct eval *e, struct expr call, uint32_t n)
{
	uint32_t node = code_arg(e->c, call.file, call.node, n);

	return node ? eval_text(e, (struct expr){ call.file, node, call.frame }) : "";
}

/* r.Group("/x"), r.With(...): from what r is. */
static void derive(struct eval *e, struct expr call, uint32_t operand, const char *name, size_t len,
		   struct routers *ret)
{
	struct routers under = { .count = 0 };

	router_of(e, (struct expr){ call.file, operand, call.frame }, &under);
	for (uint32_t i = 0; i < under.count; i++) {
		struct router r = under.item[i];
		const struct verb_row *v = verb_of(r.framework, name, len);

		if (!v)
			continue;
		if (v->form == ROUTE_GROUP) {
			r.prefix = router_join(e, r.prefix, arg_text(e, call, v->arg));
			r.below = r.part = true;
		} else if (v->form == ROUTE_METHODS) {
			r.methods_file = call.file;
			r.methods = call.node;
		} else if (v->form != ROUTE_SAME && v->form != ROUTE_INLINE) {
			continue;
		}
		if (len == 9 && !strncmp(name, "Subrouter", len))
			r.below = false;
		add(ret, r);
	}
}

static bool is_maker(const char *path, const char *name, size_t len, enum framework *ret)
{
	for (unsigned f = 0; *path && f < FW_COUNT; f++)
		if (code_path_fits(path, framework_rows[f].path) &&
		    word_in(framework_rows[f].makers, name, len)) {
			*ret = (enum framework)f;
			return true;
		}
	/* The module's older name. */
	if (code_path_fits(path, "github.com/tal-tech/go-zero/rest") &&
	    word_in(framework_rows[FW_GO_ZERO].makers, name, len)) {
		*ret = FW_GO_ZERO;
		return true;
	}
	return false;
}

static void of_call(struct eval *e, struct expr x, struct routers *ret)
{
	const char *name;
	size_t len;
	const char *path = eval_callee(e, x.file, x.node, &name, &len);
	const struct frame *f;
	enum framework fw;
	uint32_t operand, n, had = ret->count;

	if (is_maker(path, name, len, &fw)) {
		add(ret, (struct router){ .framework = fw, .file = x.file, .node = x.node,
					  .prefix = "" });
		return;
	}
	code_callee(e->c, x.file, x.node, &operand);
	if (operand && !*path && is_router_verb(name, len))
		derive(e, x, operand, name, len, ret);
	if (ret->count > had)
		return;
	f = eval_enter(e, x);
	if (f) {
		struct values v;

		eval_results(e, f, 0, &v);
		for (uint32_t i = 0; i < v.count; i++)
			if (v.item[i].kind == VALUE_EXPR)
				router_of(e, v.item[i].at, ret);
		if (ret->count > had)
			return;
	}
	/* What wraps a router is one: middleware, StripPrefix. */
	n = code_nargs(e->c, x.file, x.node);
	for (uint32_t i = 0; i < n && i < 4 && ret->count == had; i++)
		router_of(e, (struct expr){ x.file, code_arg(e->c, x.file, x.node, i), x.frame },
			  ret);
}

/* A type of a framework: *gin.Engine, chi.Router. */
static bool of_type(struct eval *e, struct expr type, enum framework *ret, bool *ret_part,
		    bool *ret_pointer)
{
	uint32_t name, import;
	size_t len, qlen;
	const char *q, *s, *path;

	*ret_pointer = code_node(e->c, type.file, type.node)->kind == SYN_POINTER_TYPE;
	while (code_node(e->c, type.file, type.node)->kind == SYN_POINTER_TYPE)
		type.node = code_nth(e->c, type.file, type.node, 1);
	if (!type.node || code_node(e->c, type.file, type.node)->kind != SYN_QUALIFIED_TYPE)
		return false;
	q = code_text(e->c, type.file, code_child(e->c, type.file, type.node, FIELD_PACKAGE),
		      &qlen);
	name = code_child(e->c, type.file, type.node, FIELD_NAME);
	s = code_text(e->c, type.file, name, &len);
	import = code_import(e->c, type.file, q, qlen);
	path = code_import_path(e->c, import);
	for (unsigned f = 0; *path && f < FW_COUNT; f++) {
		if (!code_path_fits(path, framework_rows[f].path))
			continue;
		*ret = (enum framework)f;
		*ret_part = word_in(framework_rows[f].parts, s, len);
		if (*ret_part || word_in(framework_rows[f].types, s, len))
			return true;
	}
	return false;
}

/* func(r chi.Router) { ... } behind r.Route("/x": the parameter is a router below it. */
static bool of_scope(struct eval *e, struct expr x, uint32_t function, struct routers *ret)
{
	const struct syntax *s = &e->c->file[x.file].syn;
	uint32_t args = s->syn[function].parent, call = s->syn[args].parent, operand, name;
	struct routers under = { .count = 0 };
	size_t len;
	const char *text;

	if (s->syn[function].kind != SYN_FUNC_LITERAL || s->syn[args].kind != SYN_ARGUMENTS ||
	    !(name = code_callee(e->c, x.file, call, &operand)) || !operand)
		return false;
	text = code_text(e->c, x.file, name, &len);
	if (!is_router_verb(text, len))
		return false;
	router_of(e, (struct expr){ x.file, operand, x.frame }, &under);
	for (uint32_t i = 0; i < under.count; i++) {
		struct router r = under.item[i];
		const struct verb_row *v = verb_of(r.framework, text, len);

		if (!v || (v->form != ROUTE_SCOPE && v->form != ROUTE_INLINE))
			continue;
		if (v->form == ROUTE_SCOPE)
			r.prefix = router_join(e, r.prefix, arg_text(e,
				(struct expr){ x.file, call, x.frame }, v->arg));
		add(ret, r);
	}
	return ret->count > 0;
}

/*
 * A *gin.Engine is no *gin.RouterGroup: what has the other type is the argument of
 * another method of that name.  Interfaces hold both, and some have one type for both.
 */
static bool fits(const struct router *r, enum framework f, bool part, bool pointer)
{
	if (r->framework != f)
		return false;
	return !pointer || (f != FW_GIN && f != FW_ECHO) || r->part == part;
}

static void of_name(struct eval *e, struct expr x, struct routers *ret)
{
	uint32_t function, index, had = ret->count;
	enum framework f;
	struct expr type;
	struct values v;
	bool part, pointer, typed, dropped = false;

	if (code_node(e->c, x.file, x.node)->kind == SYN_IDENTIFIER &&
	    eval_is_param(e, x.file, x.node, &function, &index) && of_scope(e, x, function, ret))
		return;
	if (code_node(e->c, x.file, x.node)->kind == SYN_SELECTOR_EXPRESSION) {
		size_t len;
		const char *s = code_text(e->c, x.file, x.node, &len);

		if (len > 15 && !strncmp(s + len - 15, "DefaultServeMux", 15)) {
			add(ret, (struct router){ .framework = FW_NET_HTTP, .prefix = "" });
			return;
		}
	}
	typed = eval_type(e, x, &type);
	if (typed && !of_type(e, type, &f, &part, &pointer)) {
		/* A pointer to anything else is no router, whatever its methods are called. */
		if (pointer)
			return;
		typed = false;
	}
	eval_values(e, x, &v);
	for (unsigned round = 0; round < 2 && ret->count == had; round++)
		for (uint32_t i = 0; i < v.count; i++) {
			struct routers given = { .count = 0 };

			if (v.item[i].kind != VALUE_EXPR || v.item[i].fallback != (round == 1))
				continue;
			router_of(e, v.item[i].at, &given);
			for (uint32_t k = 0; k < given.count; k++)
				if (typed && !fits(&given.item[k], f, part, pointer))
					dropped = true;
				else
					add(ret, given.item[k]);
		}
	if (ret->count == had && typed && !dropped) {
		/* One for each name in each function: it is made where nobody sees it. */
		uint32_t at = code_outer_function(e->c, x.file, x.node);

		add(ret, (struct router){ .framework = f, .file = type.file,
			.node = at && type.file == x.file ? at : type.node,
			.prefix = part ? "\1" : "", .part = part });
	}
}

static void find(struct eval *e, struct expr x, struct routers *ret)
{
	switch (code_node(e->c, x.file, x.node)->kind) {
	case SYN_CALL_EXPRESSION:
		of_call(e, x, ret);
		break;
	case SYN_IDENTIFIER: case SYN_SELECTOR_EXPRESSION:
		of_name(e, x, ret);
		break;
	case SYN_COMPOSITE_LITERAL: {
		struct expr type = { x.file, code_child(e->c, x.file, x.node, FIELD_TYPE), NULL };
		enum framework f;
		bool part, pointer;

		if (type.node && of_type(e, type, &f, &part, &pointer))
			add(ret, (struct router){ .framework = f, .file = x.file, .node = x.node,
						  .prefix = "" });
		break;
	}
	}
}

void router_of(struct eval *e, struct expr x, struct routers *ret)
{
	struct routers *found;
	const void *known;

	if (!x.node || e->depth > DEPTH_MAX || e->steps > limit_of(LIMIT_SERVICE_STEPS))
		return;
	x = eval_bare(e, x);
	struct code_memo_key key = { MEMO_ROUTERS, x.file, x.node, x.frame };

	if (code_memo_get(&e->c->memo, key, &known)) {
		found = (struct routers *)known;
	} else {
		found = arena_new(&e->c->own, struct routers);
		e->depth++;
		e->steps++;
		find(e, x, found);
		e->depth--;
		code_memo_put(&e->c->memo, key, found);
	}
	for (uint32_t i = 0; i < found->count; i++)
		add(ret, found->item[i]);
}
