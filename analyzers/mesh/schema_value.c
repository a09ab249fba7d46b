/* SPDX-License-Identifier: MIT */
/* schema_value.c - one node against one row: type, limits, patterns, alternatives. */
#include "analyzers/mesh/schema_work.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a scalar is ---- */

static bool is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(text, *words))
			return true;
	return false;
}

/* Octal and hexadecimal numbers, and digits that underscores part. */
static bool is_integer(const char *text)
{
	const char *p = text + (*text == '-' || *text == '+');

	if (p[0] == '0' && (p[1] == 'x' || p[1] == 'o' || p[1] == 'b') && p[2])
		return !p[2 + strspn(p + 2, "0123456789abcdefABCDEF_")];
	return *p >= '0' && *p <= '9' && !p[strspn(p, "0123456789_")];
}

enum schema_scalar schema_scalar_of(const struct yaml_node *n)
{
	static const char *const booleans[] = {
		"true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no", "No",
		"NO", "on", "On", "ON", "off", "Off", "OFF", "y", "Y", "n", "N", NULL,
	};
	static const char *const numbers[] = {
		".inf", ".Inf", ".INF", "+.inf", "-.inf", ".nan", ".NaN", ".NAN", NULL,
	};

	if (n->kind != YAML_TEXT || n->quoted)
		return SCALAR_STRING;
	if (yaml_is_null(n))
		return SCALAR_NULL;
	if (is_one_of(n->text, booleans))
		return SCALAR_BOOLEAN;
	if (is_integer(n->text))
		return SCALAR_INTEGER;
	return yaml_is_number(n) || is_one_of(n->text, numbers) ? SCALAR_NUMBER : SCALAR_STRING;
}

static double value_of(const struct yaml_node *n)
{
	char digits[64];
	size_t len = 0;

	for (const char *p = n->text; *p && len < sizeof(digits) - 1; p++)
		if (*p != '_')
			digits[len++] = *p;
	digits[len] = '\0';
	/* 0755 is octal for Kubernetes' reader, as 0o755 is. */
	if (digits[0] == '0' && digits[1] == 'o')
		return (double)strtoll(digits + 2, NULL, 8);
	if (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '7')
		return (double)strtoll(digits, NULL, 8);
	return strtod(digits, NULL);
}

static unsigned types_of(const struct yaml_node *n)
{
	static const unsigned of[] = {
		[SCALAR_NULL] = 0, [SCALAR_BOOLEAN] = T_BOOLEAN,
		[SCALAR_INTEGER] = T_INTEGER | T_NUMBER, [SCALAR_NUMBER] = T_NUMBER,
		[SCALAR_STRING] = T_STRING,
	};

	if (n->kind == YAML_MAP)
		return T_OBJECT;
	if (n->kind == YAML_LIST)
		return T_ARRAY;
	enum schema_scalar s = schema_scalar_of(n);

	/* 1.0 and 1e3 are whole numbers, as in JSON. */
	if (s == SCALAR_NUMBER && isfinite(value_of(n)) && floor(value_of(n)) == value_of(n))
		return T_INTEGER | T_NUMBER;
	return of[s];
}

/* ---- faults ---- */

static const char *type_words(unsigned types, struct arena *a)
{
	static const struct { unsigned type; const char *words; } rows[] = {
		{ T_STRING, "text" }, { T_INTEGER, "a whole number" }, { T_NUMBER, "a number" },
		{ T_BOOLEAN, "true or false" }, { T_OBJECT, "a map" }, { T_ARRAY, "a list" },
	};
	const char *text = "";

	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
		if (types & rows[i].type)
			text = arena_printf(a, "%s%s%s", text, *text ? " or " : "", rows[i].words);
	return text;
}

static const char *place(const struct schema_walk *w, const struct schema_item *at)
{
	return text_cut(w->arena, schema_where(at->step, w->arena), 120);
}

static void wrong_type(struct schema_walk *w, const struct schema_item *at,
		       const struct schema_node *s)
{
	static const char *const is[] = {
		[SCALAR_NULL] = "nothing", [SCALAR_BOOLEAN] = "true or false",
		[SCALAR_INTEGER] = "a number", [SCALAR_NUMBER] = "a number",
		[SCALAR_STRING] = "text",
	};
	const struct yaml_node *n = at->node;
	const char *what = n->kind == YAML_TEXT ? is[schema_scalar_of(n)] : yaml_kind_name(n);
	bool quote = (s->types & T_STRING) && n->kind == YAML_TEXT &&
		     schema_scalar_of(n) != SCALAR_NULL;

	schema_tell(w, n, at->step, arena_printf(w->arena, "'%s' must be %s, not %s%s",
		place(w, at), type_words(s->types, w->arena), what,
		quote ? arena_printf(w->arena, ": write \"%s\"",
				     text_cut(w->arena, text_escape(w->arena, n->text), 40)) : ""));
}

static void out_of_range(struct schema_walk *w, const struct schema_item *at, const char *what,
			 double limit)
{
	schema_tell(w, at->node, at->step, arena_printf(w->arena, "'%s' %s %.15g", place(w, at),
							what, limit));
}

static size_t points(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static void check_amount(struct schema_walk *w, const struct schema_item *at,
			 const struct schema_check_row *c)
{
	const struct yaml_node *n = at->node;
	bool text = n->kind == YAML_TEXT && (types_of(n) & T_STRING);
	bool number = n->kind == YAML_TEXT && (types_of(n) & T_NUMBER);
	double v = number ? value_of(n) : 0;

	if (c->kind == MIN_LENGTH && text && points(n->text) < c->number)
		out_of_range(w, at, "is shorter than", c->number);
	if (c->kind == MAX_LENGTH && text && points(n->text) > c->number)
		out_of_range(w, at, "is longer than", c->number);
	if ((c->kind == MIN_ITEMS && n->kind == YAML_LIST && n->count < c->number) ||
	    (c->kind == MIN_PROPERTIES && n->kind == YAML_MAP && n->count < c->number))
		out_of_range(w, at, "has fewer entries than", c->number);
	if ((c->kind == MAX_ITEMS && n->kind == YAML_LIST && n->count > c->number) ||
	    (c->kind == MAX_PROPERTIES && n->kind == YAML_MAP && n->count > c->number))
		out_of_range(w, at, "has more entries than", c->number);
	if (c->kind == MINIMUM && number && v < c->number)
		out_of_range(w, at, "is less than", c->number);
	if (c->kind == MAXIMUM && number && v > c->number)
		out_of_range(w, at, "is more than", c->number);
}

static void check_words(struct schema_walk *w, const struct schema_item *at,
			const struct schema_check_row *c)
{
	const char *all = "";

	for (uint32_t i = 0; i < c->count; i++) {
		const char *word = schema_words[c->first + i];

		if (at->node->kind == YAML_TEXT && !strcmp(at->node->text, word))
			return;
		all = arena_printf(w->arena, "%s%s%s", all, i ? ", " : "",
				   *word ? word : "nothing");
	}
	schema_tell(w, at->node, at->step, arena_printf(w->arena, "'%s' must be %s%s, not '%s'",
		place(w, at), c->count > 1 ? "one of " : "", text_cut(w->arena, all, 200),
		text_cut(w->arena, text_escape(w->arena, at->node->text), 60)));
}

static bool finds(struct schema_walk *w, const struct schema_check_row *c, const char *pattern,
		  const char *text)
{
	const struct regex **slot = &w->run->pattern[c - schema_checks];
	struct err err = ERR_INIT;

	/* Every pattern of the table compiles: a test tries them. */
	if (!*slot && regex_new(pattern, w->run->arena, slot, &err))
		BUG("the pattern of a schema: %s", err.msg);
	return regex_find(*slot, text);
}

static void check_format(struct schema_walk *w, const struct schema_item *at,
			 const struct schema_check_row *c)
{
	static const struct { const char *name, *pattern; } rows[] = {
		{ "byte", "^[A-Za-z0-9+/\\r\\n]*={0,2}[\\r\\n]*$" },
		{ "date-time", "^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?"
			       "([Zz]|[+-]\\d\\d:?\\d\\d)$" },
		{ "quantity", "^[+-]?(\\d+|\\d+\\.\\d+|\\d+\\.|\\.\\d+)"
			      "([KMGTPE]i|[YZEPTGMkhdcmunpfazy]|da|"
			      "[eE][+-]?(\\d+|\\d+\\.\\d+|\\d+\\.|\\.\\d+))?$" },
	};
	const struct yaml_node *n = at->node;
	bool number = n->kind == YAML_TEXT && (types_of(n) & T_INTEGER);

	if (number && ((!strcmp(c->text, "int32") && fabs(value_of(n)) > 2147483648.0) ||
		       (!strcmp(c->text, "int64") && fabs(value_of(n)) > 9223372036854775808.0)))
		schema_tell(w, n, at->step, arena_printf(w->arena, "'%s' does not fit into %s",
							 place(w, at), c->text));
	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(c->text, rows[i].name) && (types_of(n) & T_STRING) &&
		    !finds(w, c, rows[i].pattern, n->text))
			schema_tell(w, n, at->step, arena_printf(w->arena,
				"'%s' is no %s: '%s'", place(w, at), !strcmp(c->text, "byte") ?
				"base64" : !strcmp(c->text, "quantity") ? "quantity" : "time",
				text_cut(w->arena, text_escape(w->arena, n->text), 60)));
}

/* ---- alternatives ---- */

/* Does the node satisfy a row?  Rows hold no circles, so this goes no deeper than they do. */
static bool satisfies(struct schema_walk *w, const struct yaml_node *n, uint16_t schema)
{
	struct schema_walk own = { .run = w->run, .arena = w->arena, .part = false };

	schema_walk(&own, n, schema);
	return !own.faults;
}

/* The keys that the branches ask for: all of them, or those that the node has. */
static const char *asked_keys(const struct schema_check_row *c, const struct yaml_node *n,
			      bool given, struct arena *a)
{
	const char *text = "";

	for (uint32_t i = 0; i < c->count; i++) {
		const struct schema_node *s = &schema_nodes[schema_branches[c->first + i]];

		for (uint32_t k = 0; k < s->nprops; k++) {
			const char *name = schema_props[s->prop + k].name;

			if (schema_props[s->prop + k].required &&
			    (!given || yaml_get(n, name)))
				text = arena_printf(a, "%s%s'%s'", text,
						    !*text ? "" : given ? " and " : ", ", name);
		}
	}
	return text;
}

static void check_branches(struct schema_walk *w, const struct schema_item *at,
			   const struct schema_check_row *c)
{
	uint32_t hits = 0;
	const char *message;

	for (uint32_t i = 0; i < c->count; i++)
		hits += satisfies(w, at->node, schema_branches[c->first + i]);
	if (c->kind == NONE_OF ? !hits : c->kind == ONE_OF ? hits == 1 : hits > 0)
		return;
	const char *all = asked_keys(c, at->node, hits > 0, w->arena);

	if (hits)
		message = *all ? arena_printf(w->arena, "'%s' has %s, which exclude each other",
					      place(w, at), all) :
			arena_printf(w->arena, "'%s' is what its kind excludes", place(w, at));
	else
		message = *all ? arena_printf(w->arena, "'%s' needs one of %s", place(w, at), all) :
			arena_printf(w->arena, "'%s' is none of what its kind allows",
				     place(w, at));
	schema_tell(w, at->node, at->step, message);
}

static void check(struct schema_walk *w, const struct schema_item *at,
		  const struct schema_check_row *c)
{
	switch (c->kind) {
	case MIN_LENGTH: case MAX_LENGTH: case MIN_ITEMS: case MAX_ITEMS: case MIN_PROPERTIES:
	case MAX_PROPERTIES: case MINIMUM: case MAXIMUM:
		check_amount(w, at, c);
		break;
	case ENUM:
		check_words(w, at, c);
		break;
	case PATTERN:
		if (at->node->kind == YAML_TEXT && (types_of(at->node) & T_STRING) &&
		    !finds(w, c, c->text, at->node->text))
			schema_tell(w, at->node, at->step, arena_printf(w->arena,
				"'%s' is '%s', which does not match %s", place(w, at),
				text_cut(w->arena, text_escape(w->arena, at->node->text), 60),
				c->text));
		break;
	case FORMAT:
		check_format(w, at, c);
		break;
	case ANY_OF: case ONE_OF: case NONE_OF:
		check_branches(w, at, c);
		break;
	}
}

bool schema_value(struct schema_walk *w, const struct schema_item *at, const struct schema_node *s)
{
	if (s->types && !(types_of(at->node) & s->types)) {
		wrong_type(w, at, s);
		return false;
	}
	for (uint32_t i = 0; !w->part && at->node->kind == YAML_MAP && i < s->nprops; i++) {
		const struct schema_prop *p = &schema_props[s->prop + i];
		const struct yaml_node *v = p->required ? yaml_get(at->node, p->name) : NULL;

		if (p->required && (!v || schema_scalar_of(v) == SCALAR_NULL))
			schema_tell(w, at->node, at->step, at->step->up ?
				arena_printf(w->arena, "'%s' has no '%s'", place(w, at), p->name) :
				arena_printf(w->arena, "there is no '%s'", p->name));
	}
	for (uint32_t i = 0; i < s->nchecks; i++)
		check(w, at, &schema_checks[s->check + i]);
	return true;
}
