/* SPDX-License-Identifier: MIT */
/* program.c - places, texts, addresses and ways: what all that look at a program need. */
#include "analyzers/services/program.h"
#include "graph/source/source.h"

struct service_place place_of(const struct program *p, uint32_t file, uint32_t node)
{
	const struct code *c = p->eval.c;
	struct service_place at = { .symbol = "" };
	uint32_t f, name;
	size_t len;
	const char *s;

	at.path = source_file_path(c->a->source, (file_id){ file }, p->eval.arena);
	at.line = syntax_line(&c->file[file].syn, code_node(c, file, node)->start, &at.col);
	f = code_outer_function(c, file, node);
	if (!f && (code_node(c, file, node)->kind == SYN_FUNC_DECL))
		f = node;
	if (f && (name = code_child(c, file, f, FIELD_NAME))) {
		s = code_text(c, file, name, &len);
		at.symbol = arena_strndup(p->eval.arena, s, len);
	}
	return at;
}

const char *text_settled(struct program *p, const char *text)
{
	char *out = arena_alloc(p->eval.arena, strlen(text) + 1, 1);
	size_t n = 0;

	for (const char *s = text; *s; s++) {
		if (*s != TEXT_ENV) {
			if (*s != TEXT_UNKNOWN || !n || out[n - 1] != TEXT_UNKNOWN)
				out[n++] = *s;
			continue;
		}
		const char *end = strchr(s, TEXT_END), *std = strchr(s, TEXT_STANDARD);

		if (!end)
			break;
		if (std && std < end) {
			memcpy(out + n, std + 1, (size_t)(end - std - 1));
			n += (size_t)(end - std - 1);
		} else if (!n || out[n - 1] != TEXT_UNKNOWN) {
			out[n++] = TEXT_UNKNOWN;
		}
		s = end;
	}
	out[n] = '\0';
	return out;
}

struct service_text text_of(struct program *p, const char *text)
{
	const char *s = text_settled(p, text);
	struct service_text t = { .text = "" };
	size_t len = strlen(s);
	char *out;
	size_t n = 0;

	t.head = len && s[0] == TEXT_UNKNOWN;
	t.tail = len && s[len - 1] == TEXT_UNKNOWN;
	s += t.head;
	len -= t.head;
	len -= len && t.tail;
	out = arena_alloc(p->eval.arena, len * 2 + 1, 1);
	/* What is unknown in the middle stands for a segment, as a parameter does. */
	for (size_t i = 0; i < len; i++)
		if (s[i] == TEXT_UNKNOWN) {
			out[n++] = '{';
			out[n++] = '}';
		} else {
			out[n++] = s[i];
		}
	t.text = out;
	return t;
}

const char *env_key(struct program *p, const char *text, const char **ret_standard)
{
	const char *s = strchr(text, TEXT_ENV);
	size_t len;

	*ret_standard = "";
	if (!s)
		return "";
	len = strcspn(++s, "\3\4");
	if (s[len] == TEXT_STANDARD)
		*ret_standard = arena_strndup(p->eval.arena, s + len + 1,
					      strcspn(s + len + 1, "\3"));
	return arena_strndup(p->eval.arena, s, len);
}

uint32_t number_of(const char *s)
{
	uint32_t n = 0;

	for (; *s >= '0' && *s <= '9'; s++) {
		if (n > 99999)
			return 0;
		n = n * 10 + (uint32_t)(*s - '0');
	}
	return *s || n > 65535 ? 0 : n;
}

/* The key in the last (or first) place of a text, when it is all that stands there. */
static const char *only_key(struct program *p, const char *text, const char **ret_standard)
{
	const char *end = strchr(text, TEXT_END);

	*ret_standard = "";
	if (*text != TEXT_ENV || !end || end[1])
		return "";
	return env_key(p, text, ret_standard);
}

/* Names of hosts are the same in any case, and with the dot of the root behind them. */
static const char *plain_host(const char *host, struct arena *arena)
{
	size_t n = strlen(host);
	char *out = arena_strndup(arena, host, n);

	for (size_t i = 0; i < n; i++) {
		/* A key of the environment stands in it, which is told apart. */
		if ((unsigned char)out[i] < ' ')
			return host;
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] - 'A' + 'a');
	}
	if (n > 1 && out[n - 1] == '.')
		out[n - 1] = '\0';
	return out;
}

struct address address_of(struct program *p, const char *text)
{
	struct address a = { "", "", "", "", "", "" };
	const char *standard, *key = only_key(p, text, &standard), *s = text, *colon = NULL, *end;
	struct arena *arena = p->eval.arena;

	a.env = env_key(p, text, &a.standard);
	/* The key gives all of the address. */
	if (*key) {
		s = standard;
		a.env = key;
	}
	for (const char *q = strstr(s, "://"); q; q = NULL) {
		a.scheme = arena_strndup(arena, s, (size_t)(q - s));
		s = q + 3;
	}
	if (*s == ':' && s[1] == '/')
		s += strspn(s + 1, "/") + 1;
	/* Up to the path; braces of a key of the environment are no part of it. */
	for (end = s; *end && *end != '/' && *end != '?'; end++) {
		if (*end == ':')
			colon = end;
		/* Who calls, with a password perhaps, is no part of the host. */
		if (*end == '@')
			s = end + 1;
		/* Nor are the colons of [::1] before a port. */
		if (*end == '@' || *end == ']')
			colon = NULL;
		if (*end == TEXT_ENV && strchr(end, TEXT_END))
			end = strchr(end, TEXT_END);
	}
	if (colon) {
		const char *port = arena_strndup(arena, colon + 1, (size_t)(end - colon - 1));
		const char *port_key = only_key(p, port, &standard);

		a.port = *port_key ? standard : port;
		a.host = arena_strndup(arena, s, (size_t)(colon - s));
		a.port_env = port_key;
		if (strchr(a.host, TEXT_ENV))
			a.env = env_key(p, a.host, &a.standard);
		else if (*port_key)
			a.env = port_key;
	} else {
		a.host = arena_strndup(arena, s, (size_t)(end - s));
	}
	a.host = plain_host(a.host, arena);
	/* http://$ORDERS_ADDR/x, whose default has a port of its own. */
	if (*only_key(p, a.host, &standard) && (colon = strrchr(standard, ':')) && !*a.port) {
		a.host = arena_strndup(arena, standard, (size_t)(colon - standard));
		a.port = colon + 1;
	}
	return a;
}

/*
 * The ways to a node: for each call of the function around it a frame, where it has
 * parameters; else one NULL.  0 where nothing in the program uses the function.
 */
static uint32_t ways_to(struct program *p, uint32_t file, uint32_t node,
			const struct frame *ret[EVAL_VALUES])
{
	const struct code *c = p->eval.c;
	uint32_t f = code_outer_function(c, file, node), n = 0;
	uint32_t params;

	ret[0] = NULL;
	if (!f)
		return 1;
	eval_begin(&p->eval);
	if (eval_is_dead(&p->eval, file, f))
		return 0;
	params = code_child(c, file, f, FIELD_PARAMETERS);
	if (params && code_count(c, file, params))
		n = eval_callers(&p->eval, file, f, ret);
	if (n)
		return n;
	ret[0] = NULL;
	return 1;
}

static bool comes_from(struct program *p, enum code_list list, const struct code_site *s,
		       const char *path)
{
	const char *name;
	size_t len;

	return !strcmp(list == CODE_CALLS ? eval_callee(&p->eval, s->file, s->node, &name, &len) :
					    literal_path(p->eval.c, s->file, s->node), path);
}

void sites_walk(struct program *p, enum code_list list, const char *name, const char *path,
		void (*at)(struct program *p, unsigned row, struct expr x), unsigned row)
{
	const struct code_site *first = code_first(p->eval.c, list, name, strlen(name));
	const struct frame *way[EVAL_VALUES];

	for (const struct code_site *k = first; k; k = k->next) {
		struct code_site s = *k;
		uint32_t n;

		if (!eval_within(&p->eval, s.file) || (path && !comes_from(p, list, &s, path)))
			continue;
		n = ways_to(p, s.file, s.node, way);
		for (uint32_t w = 0; w < n; w++)
			at(p, row, (struct expr){ s.file, s.node, way[w] });
	}
}

uint32_t literal_key(const struct code *c, uint32_t file, uint32_t literal, const char *key)
{
	const struct syntax *s = &c->file[file].syn;
	uint32_t body = s->syn[literal].kind == SYN_LITERAL_VALUE ? literal :
			syntax_child(s, literal, FIELD_BODY);

	if (!body)
		return 0;
	syntax_foreach_child(s, body, k) {
		uint32_t name = syntax_child(s, k, FIELD_KEY), value;

		if (s->syn[k].kind == SYN_KEYED_ELEMENT && name &&
		    code_is(c, file, name, key) && (value = syntax_child(s, k, FIELD_VALUE)))
			return value + 1;
	}
	return 0;
}

const char *literal_path(const struct code *c, uint32_t file, uint32_t literal)
{
	uint32_t type = code_literal_type(c, file, literal), q;
	const char *s;
	size_t len;

	if (!type)
		return "";
	q = code_child(c, file, type, FIELD_PACKAGE);
	s = code_text(c, file, q, &len);
	return code_import_path(c, code_import(c, file, s, len));
}
