/* SPDX-License-Identifier: MIT */
/* eval_text.c - texts: literals joined, constants, keys of the environment, formats. */
#include "analyzers/services/eval.h"
#include "base/limits.h"
#include "graph/source/gotext.h"

#include <string.h>

#define DEPTH_MAX 32u
#define TEXT_BYTES 4096u                /* longer ones are no address and no path */

enum text_how {
	TEXT_GETENV, TEXT_GETENV_OR, TEXT_SAME, TEXT_FORMAT, TEXT_HOST_PORT, TEXT_PATH, TEXT_EITHER,
	TEXT_UPPER, TEXT_REPLACE
};

static const struct { const char *path, *name; enum text_how how; uint32_t arg; } functions[] = {
#define TEXT_FUNCTION(path, name, how, arg) { path, name, how, arg },
#include "analyzers/services/text_functions.def"
#undef TEXT_FUNCTION
};

static const char nothing[] = { TEXT_UNKNOWN, '\0' };

static const char *join(struct eval *e, const char *a, const char *b)
{
	if (!*a || !*b)
		return *a ? a : b;
	if (strlen(a) + strlen(b) > TEXT_BYTES)
		return nothing;
	/* One unknown thing beside another is one. */
	if (*b == TEXT_UNKNOWN && a[strlen(a) - 1] == TEXT_UNKNOWN)
		b++;
	return arena_printf(e->arena, "%s%s", a, b);
}

static bool is_env(const char *t)
{
	return *t == TEXT_ENV && strchr(t, TEXT_END) && !strchr(t, TEXT_END)[1];
}

static const char *env_of(struct eval *e, const char *key, const char *standard)
{
	if (!*key || strpbrk(key, "\1\2\3\4"))
		return nothing;
	if (!standard || strpbrk(standard, "\1\2\3\4"))
		return arena_printf(e->arena, "%c%s%c", TEXT_ENV, key, TEXT_END);
	return arena_printf(e->arena, "%c%s%c%s%c", TEXT_ENV, key, TEXT_STANDARD, standard,
			    TEXT_END);
}

/* Several texts that a name may be: the key of the environment with its default, or the one. */
struct choice { const char *env, *plain, *last, *partial; bool mixed; };

static void offer(struct choice *c, const char *t, bool fallback)
{
	if (is_env(t)) {
		if (!c->env || strchr(t, TEXT_STANDARD))
			c->env = t;
		return;
	}
	if (strpbrk(t, "\1\2")) {
		if (t[1] && !c->partial)
			c->partial = t;
		return;
	}
	if (c->plain && strcmp(c->plain, t) != 0) {
		c->mixed = true;
		/* `var x = ""` says nothing beside what is assigned later. */
		if (!*c->plain || !fallback)
			c->last = t;
		if (!*c->plain)
			c->plain = t;
	} else {
		c->plain = c->last = t;
	}
}

static const char *chosen(struct eval *e, const struct choice *c, bool in_order)
{
	if (c->env && c->plain && !strchr(c->env, TEXT_STANDARD)) {
		char *key = arena_strdup(e->arena, c->env + 1);

		key[strlen(key) - 1] = '\0';
		return env_of(e, key, c->plain);
	}
	if (c->env)
		return c->env;
	if (!c->plain)
		return c->partial ? c->partial : nothing;
	return c->mixed && !in_order ? nothing : c->last;
}

static const char *unquote(struct eval *e, struct expr x)
{
	size_t len;
	const char *s = code_text(e->c, x.file, x.node, &len);
	const char *t = go_unquote(s, len, e->arena);

	if (!t || strlen(t) > TEXT_BYTES || strpbrk(t, "\1\2\3\4"))
		return nothing;
	return t;
}

static const char *arg_text(struct eval *e, struct expr call, uint32_t n)
{
	uint32_t node = code_arg(e->c, call.file, call.node, n);

	return node ? eval_text(e, (struct expr){ call.file, node, call.frame }) : "";
}

/* The verbs of fmt, each one argument; flags and widths do not matter here. */
static const char *format(struct eval *e, struct expr call)
{
	const char *f = arg_text(e, call, 0), *out = "";
	uint32_t arg = 1;

	while (*f) {
		size_t n = strcspn(f, "%");

		out = join(e, out, arena_strndup(e->arena, f, n));
		f += n;
		if (!*f)
			break;
		f++;
		if (*f == '%') {
			out = join(e, out, "%");
			f++;
			continue;
		}
		f += strspn(f, "+-# 0123456789.[]*");
		if (!*f)
			break;
		out = join(e, out, *f == 'q' ? nothing : arg_text(e, call, arg));
		arg++;
		f++;
	}
	return out;
}

static const char *path_joined(struct eval *e, struct expr call)
{
	const char *out = "";
	uint32_t n = code_nargs(e->c, call.file, call.node);

	for (uint32_t i = 0; i < n; i++) {
		const char *t = arg_text(e, call, i);
		size_t len = strlen(out);

		if (i && len && out[len - 1] != '/' && *t != '/')
			out = join(e, out, "/");
		else if (i && len && out[len - 1] == '/' && *t == '/')
			t++;
		out = join(e, out, t);
	}
	return out;
}

/* Keys of the environment in it stay as they are. */
static const char *upper(struct eval *e, const char *t)
{
	char *out = arena_strdup(e->arena, t);

	for (char *p = out; *p; p++) {
		if (*p == TEXT_ENV && strchr(p, TEXT_END))
			p = strchr(p, TEXT_END);
		else if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	}
	return out;
}

/* strings.ReplaceAll of one byte by another, which is what names of keys need. */
static const char *replaced(struct eval *e, const char *t, const char *from, const char *to)
{
	char *out = arena_strdup(e->arena, t);

	if (strlen(from) != 1 || strlen(to) != 1 || strpbrk(t, "\1\2"))
		return strpbrk(t, "\1\2") || strstr(t, from) ? nothing : t;
	for (char *p = out; *p; p++)
		if (*p == *from)
			*p = *to;
	return out;
}

static const char *apply(struct eval *e, struct expr call, enum text_how how, uint32_t arg)
{
	struct choice c = { .env = NULL };
	const char *t;

	switch (how) {
	case TEXT_GETENV:
		t = arg_text(e, call, arg);
		/* viper's own keys are no keys of the environment */
		return strspn(t, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(t) ?
			env_of(e, t, NULL) : nothing;
	case TEXT_GETENV_OR:
		return env_of(e, arg_text(e, call, arg), arg_text(e, call, arg + 1));
	case TEXT_UPPER:
		return upper(e, arg_text(e, call, arg));
	case TEXT_REPLACE:
		return replaced(e, arg_text(e, call, 0), arg_text(e, call, 1),
				arg_text(e, call, 2));
	case TEXT_SAME:
		return arg_text(e, call, arg);
	case TEXT_FORMAT:
		return format(e, call);
	case TEXT_HOST_PORT:
		return join(e, join(e, arg_text(e, call, 0), ":"), arg_text(e, call, 1));
	case TEXT_PATH:
		return path_joined(e, call);
	case TEXT_EITHER:
		for (uint32_t i = 0; i < code_nargs(e->c, call.file, call.node); i++)
			offer(&c, arg_text(e, call, i), i > 0);
		return chosen(e, &c, false);
	}
	BUG("text function %d", (int)how);
}

static const char *of_values(struct eval *e, const struct values *v, bool in_order)
{
	struct choice c = { .env = NULL };

	for (uint32_t i = 0; i < v->count; i++)
		offer(&c, v->item[i].kind == VALUE_EXPR ? eval_text(e, v->item[i].at) :
		      v->item[i].kind == VALUE_EMPTY ? "" : nothing, v->item[i].fallback);
	return chosen(e, &c, in_order);
}

/* The default of flag.String("name", "default", "usage"); 0 = it is no such call. */
static uint32_t flag_value(const struct eval *e, const char *path, const char *name, size_t len,
			   struct expr call)
{
	static const char *const kinds[] = { "String", "Int", "Uint", "StringP", "IntP" };
	bool flags = !strcmp(path, "flag") || code_path_fits(path, "github.com/spf13/pflag");

	for (unsigned i = 0; flags && i < ARRAY_SIZE(kinds); i++)
		if (strlen(kinds[i]) == len && !strncmp(kinds[i], name, len))
			return code_arg(e->c, call.file, call.node, name[len - 1] == 'P' ? 2 : 1);
	return 0;
}

static const char *call_text(struct eval *e, struct expr call)
{
	const char *name;
	size_t len;
	const char *path = eval_callee(e, call.file, call.node, &name, &len);
	uint32_t standard = flag_value(e, path, name, len, call);
	const struct frame *f;
	struct values v;

	if (standard)
		return eval_text(e, (struct expr){ call.file, standard, call.frame });
	for (unsigned i = 0; *path && i < ARRAY_SIZE(functions); i++)
		if (strlen(functions[i].name) == len && !strncmp(functions[i].name, name, len) &&
		    code_path_fits(path, functions[i].path))
			return apply(e, call, functions[i].how, functions[i].arg);
	if (!*path && code_nargs(e->c, call.file, call.node) == 1 &&
	    ((len == 6 && !strncmp(name, "string", 6)) || (len == 3 && !strncmp(name, "int", 3))))
		return arg_text(e, call, 0);
	f = eval_enter(e, call);
	if (!f)
		return nothing;
	eval_results(e, f, 0, &v);
	return of_values(e, &v, false);
}

/* http.MethodGet, echo.POST: names of constants that say what they are. */
static const char *outside_constant(struct eval *e, struct expr x)
{
	uint32_t field = code_child(e->c, x.file, x.node, FIELD_FIELD);
	size_t len;
	const char *s = code_text(e->c, x.file, field, &len);
	char *out;

	if (len > 6 && !strncmp(s, "Method", 6)) {
		s += 6;
		len -= 6;
	} else if (len > 7 || strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < len) {
		return nothing;
	}
	out = arena_strndup(e->arena, s, len);
	for (char *p = out; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return out;
}

/* `env:"PORT" envDefault:"8080"`, `envconfig:"PORT" default:"8080"` of a field of that name. */
static const char *tag_value(struct eval *e, const char *tag, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = tag; (p = strstr(p, key)); p++)
		if ((p == tag || p[-1] == ' ') && p[n] == ':' && p[n + 1] == '"') {
			size_t len = strcspn(p + n + 2, "\"");

			return arena_strndup(e->arena, p + n + 2, len);
		}
	return NULL;
}

static const char *tagged(struct eval *e, struct expr x)
{
	static const char *const keys[] = { "env", "envconfig" };
	static const char *const standards[] = { "envDefault", "default", "env-default" };
	size_t len;
	const char *name = code_text(e->c, x.file, code_child(e->c, x.file, x.node, FIELD_FIELD),
				     &len);

	for (const struct code_site *s = code_first(e->c, CODE_FIELDS, name, len); s;
	     s = s->next) {
		uint32_t at = code_child(e->c, s->file, s->node, FIELD_TAG);
		const char *tag, *key = NULL, *standard = NULL;

		if (!at || !eval_within(e, s->file))
			continue;
		tag = unquote(e, (struct expr){ s->file, at, NULL });
		for (unsigned i = 0; i < ARRAY_SIZE(keys) && !key; i++)
			key = tag_value(e, tag, keys[i]);
		for (unsigned i = 0; i < ARRAY_SIZE(standards) && !standard; i++)
			standard = tag_value(e, tag, standards[i]);
		if (key && *key) {
			char *first = arena_strndup(e->arena, key, strcspn(key, ","));

			return env_of(e, first, standard);
		}
	}
	return NULL;
}

static const char *name_text(struct eval *e, struct expr x, bool selector)
{
	struct values v;
	uint32_t operand = selector ? code_child(e->c, x.file, x.node, FIELD_OPERAND) : 0;

	if (selector && operand && code_node(e->c, x.file, operand)->kind == SYN_IDENTIFIER) {
		size_t len;
		const char *q = code_text(e->c, x.file, operand, &len);
		uint32_t import = code_import(e->c, x.file, q, len);

		if (import != ID_NONE && code_import_dir(e->c, x.file, import).v == ID_NONE)
			return outside_constant(e, x);
	}
	if (selector) {
		const char *t = tagged(e, x);

		if (t)
			return t;
	}
	eval_values(e, x, &v);
	return of_values(e, &v, !selector);
}

const char *eval_text(struct eval *e, struct expr x)
{
	const char *out = nothing, *text;
	uint32_t op;
	size_t len;

	const void *known;

	if (!x.node || e->depth > DEPTH_MAX || e->steps > limit_of(LIMIT_SERVICE_STEPS))
		return nothing;
	x = eval_bare(e, x);
	struct code_memo_key key = { MEMO_TEXT, x.file, x.node, x.frame };

	if (code_memo_get(&e->c->memo, key, &known))
		return known;
	e->depth++;
	e->steps++;
	switch (code_node(e->c, x.file, x.node)->kind) {
	case SYN_STRING: case SYN_RAW_STRING:
		out = unquote(e, x);
		break;
	case SYN_INT: case SYN_FLOAT:
		text = code_text(e->c, x.file, x.node, &len);
		out = arena_strndup(e->arena, text, len);
		break;
	case SYN_BINARY_EXPRESSION:
		op = code_child(e->c, x.file, x.node, FIELD_OPERATOR);
		if (op && code_node(e->c, x.file, op)->kind == SYN_ADD)
			out = join(e, eval_text(e, (struct expr){ x.file,
					code_child(e->c, x.file, x.node, FIELD_LEFT), x.frame }),
				   eval_text(e, (struct expr){ x.file,
					code_child(e->c, x.file, x.node, FIELD_RIGHT), x.frame }));
		break;
	case SYN_IDENTIFIER:
		out = name_text(e, x, false);
		break;
	case SYN_SELECTOR_EXPRESSION:
		out = name_text(e, x, true);
		break;
	case SYN_CALL_EXPRESSION:
		out = call_text(e, x);
		break;
	case SYN_TYPE_CONVERSION:
		op = code_child(e->c, x.file, x.node, FIELD_OPERAND);
		out = op ? eval_text(e, (struct expr){ x.file, op, x.frame }) : nothing;
		break;
	}
	e->depth--;
	code_memo_put(&e->c->memo, key, out);
	return out;
}
