/* SPDX-License-Identifier: MIT */
/*
 * unfilled.c - ports that nobody implements: interfaces of port packages whose
 * methods no type of the tree has all of, by name and normalised signature.
 * Promoted methods count; a type that embeds what lies outside of the tree may
 * have any method.
 */
#include "analyzers/bodyfact.h"
#include "analyzers/edges.h"
#include "analyzers/ports.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define EMBEDDING_ROUNDS 8u             /* how deep what is embedded embeds itself */

struct type {
	sym_id name;                    /* "example.com/m/order.Store" */
	uint32_t dir, file, decl;
	bool interface, open;           /* open: embeds what is not known */
	sym_id *method;                 /* sorted by symbol; malloc */
	uint32_t nmethods, cap;
	sym_id *embed;                  /* malloc */
	uint32_t nembeds, embed_cap;
};

struct types {
	const struct analysis *a;
	struct type *item;
	uint32_t count, cap;
	uint32_t *by_name;              /* [nsyms] type + 1 */
	uint32_t nsyms;
	struct arena text;              /* of one file */
};

static const char *const plain[] = {
	"any", "bool", "byte", "chan", "comparable", "complex128", "complex64", "error", "float32",
	"float64", "func", "int", "int16", "int32", "int64", "int8", "interface", "map", "rune",
	"string", "struct", "uint", "uint16", "uint32", "uint64", "uint8", "uintptr",
};

static bool is_plain(const char *word, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
		if (strlen(plain[i]) == len && !memcmp(plain[i], word, len))
			return true;
	return false;
}

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* A signature as another package writes it: names of the own package with its path. */
static const char *qualify(struct types *t, const char *path, const char *text)
{
	struct arena *arena = &t->text;
	const char *out = "";

	while (*text) {
		size_t other = 0, len = 0;
		bool dotted = false;

		while (text[other] && !in_word(text[other]))
			other++;
		/* A path has more in it than a name; "chan<-" and "...T" end and begin outside. */
		for (const char *p = text + other;
		     in_word(p[len]) || (len && p[len] && strchr("./-~+", p[len])); len++)
			dotted |= p[len] == '.' || p[len] == '/';
		out = arena_printf(arena, "%s%.*s%s%s%.*s", out, (int)other, text,
				   len && !dotted && !is_plain(text + other, len) ? path : "",
				   len && !dotted && !is_plain(text + other, len) ? "." : "",
				   (int)len, text + other);
		text += other + len;
	}
	return out;
}

static const char *path_of(const struct types *t, uint32_t dir)
{
	const struct go_dir *d = &t->a->source->dir[dir];

	return sym_text(t->a->source->syms, d->import_path.v ? d->import_path : d->path);
}

static sym_id type_name(struct types *t, uint32_t dir, const char *name)
{
	return sym_from(t->a->source->syms,
			arena_printf(&t->text, "%s.%s", path_of(t, dir), name));
}

static sym_id method_name(struct types *t, uint32_t dir, const char *name, const char *signature)
{
	return sym_from(t->a->source->syms,
			arena_printf(&t->text, "%s%s", name,
				     qualify(t, path_of(t, dir), signature)));
}

static void add_method(struct type *t, sym_id method)
{
	for (uint32_t i = 0; i < t->nmethods; i++)
		if (t->method[i].v == method.v)
			return;
	VEC_RESERVE(t->method, t->cap, t->nmethods + 1);
	t->method[t->nmethods++] = method;
}

static bool has_method(const struct type *t, sym_id method)
{
	for (uint32_t i = 0; i < t->nmethods; i++)
		if (t->method[i].v == method.v)
			return true;
	return false;
}

static void add_members(struct types *t, struct type *type, const struct body *b,
			const struct body_decl *d)
{
	for (uint32_t i = d->member_first; i < d->member_first + d->nmembers; i++) {
		const struct body_member *m = &b->member[i];
		const char *text = body_text(b, m->type), *name = body_text(b, m->name);

		if (m->kind == MEMBER_METHOD)
			add_method(type, method_name(t, type->dir, name, text));
		if (m->kind == MEMBER_TERM)
			type->open = true;
		if (m->kind != MEMBER_EMBEDDED)
			continue;
		text += strspn(text, "*");
		text = arena_strndup(&t->text, text, strcspn(text, "["));
		VEC_RESERVE(type->embed, type->embed_cap, type->nembeds + 1);
		type->embed[type->nembeds++] =
			strchr(text, '.') ? sym_from(t->a->source->syms, text) :
					    type_name(t, type->dir, text);
	}
}

static void add_types(struct types *t, uint32_t f)
{
	const struct body *b = t->a->bodies->file[f];

	for (uint32_t i = 0; i < b->ndecls; i++) {
		const struct body_decl *d = &b->decl[i];

		if (d->kind != DECL_TYPE)
			continue;
		VEC_RESERVE(t->item, t->cap, t->count + 1);
		struct type *type = &t->item[t->count++];

		*type = (struct type){
			.dir = t->a->source->file[f].dir.v, .file = f, .decl = i,
			.interface = d->flags & DECL_INTERFACE, .open = d->flags & DECL_GENERIC,
		};
		type->name = type_name(t, type->dir, body_text(b, d->name));
		/* type T U, type T = U: what it has is U's. */
		type->open |= !(d->flags & (DECL_INTERFACE | DECL_STRUCT)) &&
			      (d->flags & DECL_ALIAS);
		add_members(t, type, b, d);
		arena_reset(&t->text);
	}
}

static struct type *find(const struct types *t, sym_id name)
{
	return name.v < t->nsyms && t->by_name[name.v] ? &t->item[t->by_name[name.v] - 1] : NULL;
}

static void add_methods(struct types *t, uint32_t f)
{
	const struct body *b = t->a->bodies->file[f];
	uint32_t dir = t->a->source->file[f].dir.v;

	for (uint32_t i = 0; i < b->ndecls; i++) {
		const struct body_decl *d = &b->decl[i];

		if (d->kind != DECL_METHOD)
			continue;
		struct type *type = find(t, type_name(t, dir, body_text(b, d->receiver)));

		if (type)
			add_method(type, method_name(t, dir, body_text(b, d->name),
						     body_text(b, d->signature)));
		arena_reset(&t->text);
	}
}

static bool is_error(const struct types *t, sym_id name)
{
	const char *text = sym_text(t->a->source->syms, name), *dot = strrchr(text, '.');

	return dot && !strcmp(dot, ".error");
}

/* What is embedded gives its methods, round by round, until nothing is new. */
static void promote(struct types *t)
{
	bool more = true;

	for (uint32_t round = 0; more && round < EMBEDDING_ROUNDS; round++) {
		more = false;
		for (uint32_t i = 0; i < t->count; i++) {
			struct type *type = &t->item[i];

			for (uint32_t e = 0; e < type->nembeds; e++) {
				const struct type *from = find(t, type->embed[e]);
				uint32_t before = type->nmethods;
				bool open = type->open;

				if (!from || from->open || is_error(t, type->embed[e]))
					type->open = true;
				for (uint32_t m = 0; from && from != type &&
				     m < from->nmethods; m++)
					add_method(type, from->method[m]);
				more |= type->nmethods != before || type->open != open;
			}
		}
	}
}

static bool fills(const struct type *type, const struct type *port)
{
	uint32_t have = 0;

	for (uint32_t m = 0; m < port->nmethods; m++)
		have += has_method(type, port->method[m]);
	return have == port->nmethods || (have && type->open);
}

static void report(const struct types *t, const struct type *port)
{
	const struct analysis *a = t->a;
	const struct body *b = a->bodies->file[port->file];
	const struct body_decl *d = &b->decl[port->decl];
	const struct rule *rule = &rule_rows[RULE_UNFILLED_PORT];
	const char *package = bodyfact_package(a, port->file);

	finding_add(a->findings, &(struct finding){
		.rule = rule, .severity = rule_level(rule), .from = package, .to = "",
		.at = bodyfact_span(a, port->file, d->line, d->col),
		.symbol = body_text(b, d->name),
		.message = arena_printf(a->scratch, "no type implements '%s' (%s) of the port '%s'",
			body_text(b, d->name),
			text_count(a->scratch, port->nmethods, "method", "methods"), package),
	});
}

static bool is_judged(const struct types *t, const struct type *type, const bool *port)
{
	const struct body_decl *d = &t->a->bodies->file[type->file]->decl[type->decl];

	return type->interface && port[type->dir] && !type->open && type->nmethods &&
	       d->flags & DECL_EXPORTED && bodyfact_judged(t->a, type->file);
}

static uint64_t judge(const struct types *t, const bool *port)
{
	uint64_t judged = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		const struct type *type = &t->item[i];
		bool filled = false;

		if (!is_judged(t, type, port))
			continue;
		judged++;
		for (uint32_t k = 0; k < t->count && !filled; k++)
			filled = !t->item[k].interface && fills(&t->item[k], type);
		if (!filled)
			report(t, type);
	}
	return judged;
}

static void collect(struct types *t)
{
	const struct source *s = t->a->source;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (bodyfact_counts(t->a, f))
			add_types(t, f);
	t->nsyms = s->syms->count;
	t->by_name = xcalloc(t->nsyms, sizeof(*t->by_name));
	for (uint32_t i = t->count; i-- > 0;)
		t->by_name[t->item[i].name.v] = i + 1;
	for (uint32_t f = 0; f < s->nfiles; f++)
		if (bodyfact_counts(t->a, f))
			add_methods(t, f);
	promote(t);
}

static int run(const struct analysis *a, uint64_t *ret_judged, struct err *err)
{
	struct types t = { .a = a, .text = ARENA_INIT };
	bool *want, *port;

	if (!a->mapping || !a->policy->nlayers)
		return 0;
	want = arena_array(a->scratch, bool, a->source->ndirs);
	port = arena_array(a->scratch, bool, a->source->ndirs);
	for (uint32_t p = 0; p < a->graph->npkgs; p++)
		if (a->graph->dir[p].v != ID_NONE && a->mapping->of[p].layer != POLICY_NONE)
			want[a->graph->dir[p].v] = true;
	if (ports_find(a, want, port, err))
		return -1;
	collect(&t);
	*ret_judged = judge(&t, port);
	for (uint32_t i = 0; i < t.count; i++) {
		free(t.item[i].method);
		free(t.item[i].embed);
	}
	free(t.item);
	free(t.by_name);
	arena_release(&t.text);
	return 0;
}

static const enum rule_id rules[] = { RULE_UNFILLED_PORT };

const struct analyzer analyzer_unfilled = {
	.name = "unfilled", .summary = "ports that no type implements",
	.needs = FACT_BODIES | FACT_POLICY, .rules = rules, .nrules = ARRAY_SIZE(rules),
	.run = run,
};
