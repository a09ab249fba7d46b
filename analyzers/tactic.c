/* SPDX-License-Identifier: MIT */
/* tactic.c - the rows of tactics.def, and which of them fits an edge. */
#include "analyzers/tactic.h"
#include "analyzers/tactic_map.h"

#include <string.h>
#include <strings.h>

#define MOVE_SYMBOLS 3u                 /* types or functions that are moved at once */
#define MOVE_DECLARATIONS 12u           /* that go, with what they need; constants not counted */
#define INTERFACE_SYMBOLS 3u
#define SPLIT_DECLARATIONS 60u
#define MOVE_PACKAGES 5u
#define MOVE_SHARE 3u                   /* ... at most this part of all of their side */

/* ---- conditions ---- */

static bool is_blank(const struct tactic_case *c)
{
	return c->used->lines == c->used->blank && !c->programs;
}

static bool goes_easily(const struct tactic_case *c)
{
	return c->closure.free && c->closure.count - c->closure.constants <= MOVE_DECLARATIONS;
}

static bool is_constants(const struct tactic_case *c)
{
	return goes_easily(c) && c->used->count == c->kinds[SYMBOL_CONST];
}

static uint32_t types_of(const struct tactic_case *c)
{
	return c->kinds[SYMBOL_TYPE] + c->kinds[SYMBOL_STRUCT] + c->kinds[SYMBOL_INTERFACE];
}

static bool is_types(const struct tactic_case *c)
{
	return goes_easily(c) && c->used->count <= MOVE_SYMBOLS && c->used->count == types_of(c);
}

static bool is_functions(const struct tactic_case *c)
{
	return goes_easily(c) && c->used->count <= MOVE_SYMBOLS;
}

static bool is_packages(const struct tactic_case *c)
{
	return c->moves && c->moved <= MOVE_PACKAGES && c->moved * MOVE_SHARE <= c->members;
}

static bool all_uses_known(const struct tactic_case *c)
{
	const struct edge_symbols *u = c->used;

	return u->count && !u->unread && !u->unknown && !u->blank && !u->dot;
}

static bool is_event(const struct tactic_case *c)
{
	return all_uses_known(c) && c->roles == 1u << REF_STATEMENT && !c->programs;
}

static bool is_one_unit(const struct tactic_case *c)
{
	return c->between * 2 >= c->from_lines && c->between * 2 >= c->to_lines;
}

/*
 * A struct without methods is data: an interface cannot stand for its fields.  Where
 * nothing but functions is used, their package might as well move.
 */
static bool is_behaviour(const struct tactic_case *c)
{
	const uint32_t made = 1u << REF_LITERAL | 1u << REF_EMBEDDED | 1u << REF_WRITE;

	if (!all_uses_known(c) || c->used->count > INTERFACE_SYMBOLS || c->roles & made ||
	    c->programs || (!types_of(c) && is_packages(c)))
		return false;
	for (uint32_t i = 0; i < c->used->count; i++) {
		const struct symbol *s = &c->used->symbol[i];
		bool type = s->kind == SYMBOL_STRUCT || s->kind == SYMBOL_TYPE;

		if (s->kind != SYMBOL_FUNC && s->kind != SYMBOL_INTERFACE && !type)
			return false;
		if (type && !type_has_methods(c->source, c->symbols, s))
			return false;
	}
	return true;
}

static bool is_separable(const struct tactic_case *c)
{
	return c->closure.free && c->closure.count <= SPLIT_DECLARATIONS;
}

static bool is_anything(const struct tactic_case *c UNUSED)
{
	return true;
}

/* ---- the table ---- */

const struct tactic tactic_rows[TACTIC_COUNT] = {
#define TACTIC(ident, id_, fits, words_, when_, note_) \
	[ident] = { .id = id_, .words = words_, .when = when_, .note = note_ },
#include "analyzers/tactics.def"
#undef TACTIC
};

static bool (*const conditions[TACTIC_COUNT])(const struct tactic_case *c) = {
#define TACTIC(ident, id, fits, words, when, note) [ident] = fits,
#include "analyzers/tactics.def"
#undef TACTIC
};

const struct tactic *tactic_find(const char *text)
{
	for (unsigned i = 0; i < TACTIC_COUNT; i++)
		if (!strcasecmp(tactic_rows[i].id, text))
			return &tactic_rows[i];
	return NULL;
}

/* ---- words ---- */

static const char *add_kind(const char *text, uint32_t n, const char *one, struct arena *arena)
{
	if (!n)
		return text;
	return arena_printf(arena, "%s%s%u %s%s", text, *text ? ", " : "", n, one,
			    n == 1 ? "" : "s");
}

/* "1 function, 2 types (+3)": what is used, and how many declarations more have to go. */
static const char *what_words(const struct tactic_case *c, struct arena *arena)
{
	const char *text = add_kind("", c->kinds[SYMBOL_FUNC], "function", arena);

	text = add_kind(text, types_of(c), "type", arena);
	text = add_kind(text, c->kinds[SYMBOL_VAR], "variable", arena);
	text = add_kind(text, c->kinds[SYMBOL_CONST], "constant", arena);
	if (c->brief && strchr(text, ','))
		text = add_kind("", c->used->count, "symbol", arena);
	if (c->closure.count > c->used->count)
		text = arena_printf(arena, "%s (+%u)", text, c->closure.count - c->used->count);
	return text;
}

/* "package price", "2 packages (+1)" */
static const char *package_words(const struct tactic_case *c, struct arena *arena)
{
	const char *text = c->imported == 1 ? arena_printf(arena, "package %s", c->package) :
			   arena_printf(arena, "%u packages", c->imported);

	if (c->moved > c->imported)
		text = arena_printf(arena, "%s (+%u)", text, c->moved - c->imported);
	return text;
}

static const char *count_words(const struct tactic_case *c, struct arena *arena)
{
	const struct edge_symbols *u = c->used;

	if (u->count)
		return arena_printf(arena, "%u symbol%s", u->count, u->count == 1 ? "" : "s");
	if (u->blank == u->lines)
		return "a blank import";
	if (u->dot)
		return "a dot import";
	return "unknown use";
}

static const char *word_for(const struct tactic_case *c, const char *name, size_t len,
			    struct arena *arena)
{
	const struct { const char *name, *text; } word[] = {
		{ "from", c->from }, { "to", c->to }, { "main", c->main },
	};

	for (size_t i = 0; i < ARRAY_SIZE(word); i++)
		if (strlen(word[i].name) == len && !memcmp(word[i].name, name, len))
			return word[i].text;
	if (len == 4 && !memcmp(name, "what", len))
		return what_words(c, arena);
	if (len == 5 && !memcmp(name, "count", len))
		return count_words(c, arena);
	if (len == 8 && !memcmp(name, "packages", len))
		return package_words(c, arena);
	if (len == 3 && !memcmp(name, "all", len))
		return arena_printf(arena, "%u", c->closure.count);
	BUG("no word '%.*s' for a tactic", (int)len, name);
}

static const char *words_of(const struct tactic_case *c, const char *words, struct arena *arena)
{
	const char *text = "", *open;

	for (; (open = strchr(words, '{')); words = open + strcspn(open, "}") + 1) {
		size_t len = strcspn(open + 1, "}");

		text = arena_printf(arena, "%s%.*s%s", text, (int)(open - words), words,
				    word_for(c, open + 1, len, arena));
	}
	return arena_printf(arena, "%s%s", text, words);
}

/* "move {what}" of "move {what} to {from}": the importer stands in the same line. */
static const char *brief_of(const char *words, struct arena *arena)
{
	static const char from[] = "{from}";
	size_t len = strlen(words), end = len < sizeof(from) ? 0 : len - sizeof(from) + 1;

	if (!end || strcmp(words + end, from))
		return words;
	/* The preposition goes too. */
	for (end--; end && words[end - 1] != ' '; end--)
		;
	return end ? arena_strndup(arena, words, end - 1) : words;
}

/* ---- choosing ---- */

static void sum_up(struct tactic_case *c, const struct edge_symbols *used)
{
	c->used = used;
	for (uint32_t i = 0; i < used->count; i++) {
		c->kinds[used->symbol[i].kind]++;
		c->roles |= used->symbol[i].roles;
	}
}

static void choose(const struct tactic_case *c, struct arena *arena, struct advice *ret)
{
	struct tactic_case brief = *c;
	unsigned t = 0;

	brief.brief = true;
	while (!conditions[t](c))
		t++;
	ret->tactic = t;
	ret->words = words_of(c, tactic_rows[t].words, arena);
	ret->brief = words_of(&brief, brief_of(tactic_rows[t].words, arena), arena);
	if (c->closure.free)
		ret->declarations = c->closure.count;
}

int tactics_advise(const struct source *s, const struct knots_at *k, const struct knot *knot,
		   const struct cut *cut, uint32_t count, struct symbols *sy, struct arena *arena,
		   struct advice **ret, struct err *err)
{
	const struct site_filter f = { knot->configs, level_has_tests(k->level) };
	struct advice *advice = arena_array(arena, struct advice, count);
	struct tactic_map map;

	for (uint32_t i = 0; i < count; i++)
		symbols_want(sy, k->graph, cut->edge[i].edge, f, true);
	if (symbols_read(sy, err))
		return -1;
	tactic_map_init(&map, s, k, knot, cut);
	for (uint32_t i = 0; i < count; i++) {
		struct tactic_case c = { .source = s, .symbols = sy };

		symbols_edge(sy, k->graph, cut->edge[i].edge, f, arena, &advice[i].used);
		sum_up(&c, &advice[i].used);
		tactic_map_fill(&map, &cut->edge[i], f, &c);
		closure_find(s, sy, c.used, map.closed, &c.closure);
		choose(&c, arena, &advice[i]);
	}
	tactic_map_release(&map);
	*ret = advice;
	return 0;
}
