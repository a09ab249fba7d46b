/* SPDX-License-Identifier: MIT */
/* uses_view.c - symbols and tactics of an edge in words. */
#include "cmd/uses_view.h"
#include "base/text.h"
#include "cmd/report/text.h"

#include <string.h>

#define INDENT_MIN 6u
#define WORDS_WANTED 40u                /* columns of what stands behind a place */
#define WORDS_MIN 10u
#define USES_MIN 16u                    /* columns, where what to try needs many */

/* The most used of them; of equals the first by name. */
static const struct symbol *main_symbol(const struct edge_symbols *used)
{
	const struct symbol *best = used->symbol;

	for (uint32_t i = 1; i < used->count; i++)
		if (used->symbol[i].uses > best->uses)
			best = &used->symbol[i];
	return best;
}

/* "price.Total +2" */
static const char *uses_words(const struct edge_symbols *used, size_t columns, struct arena *arena)
{
	if (!used->count)
		return used->blank == used->lines ? "blank import" : used->dot ? "dot import" :
		       used->unread ? "not readable" : "not known";
	const char *name = text_escape(arena, symbol_text(main_symbol(used), arena)), *more = "";

	if (used->count > 1)
		more = arena_printf(arena, " +%u", used->count - 1);
	return arena_printf(arena, "%s%s", text_cut(arena, name, columns - strlen(more)), more);
}

static size_t widest(const char *const *text, uint32_t count)
{
	size_t width = 0;

	for (uint32_t i = 0; i < count; i++)
		width = text_width(text[i]) > width ? text_width(text[i]) : width;
	return width;
}

void uses_cells(const struct advice *advice, uint32_t count, size_t columns, const char **ret,
		struct arena *arena)
{
	const char **uses = arena_array(arena, const char *, (size_t)count + 1);
	const char **try = arena_array(arena, const char *, (size_t)count + 1);
	size_t wide, room;

	uses[0] = "uses";
	try[0] = "try";
	for (uint32_t i = 0; i < count; i++) {
		uses[i + 1] = uses_words(&advice[i].used, columns, arena);
		try[i + 1] = text_escape(arena, advice[i].words);
	}
	/* What is used gives way first, down to a few letters; then what to try. */
	room = widest(try, count + 1) + 2;
	room = room + USES_MIN < columns ? columns - room : USES_MIN;
	for (uint32_t i = 0; i < count; i++)
		uses[i + 1] = uses_words(&advice[i].used, room, arena);
	wide = widest(uses, count + 1);
	for (uint32_t i = 0; i <= count; i++) {
		bool fits = text_width(try[i]) <= columns - wide - 2;

		if (!fits && i)
			try[i] = text_escape(arena, advice[i - 1].brief);
		ret[i] = arena_printf(arena, "%s  %s", text_pad(arena, uses[i], wide),
				      text_cut(arena, try[i], columns - wide - 2));
	}
}

static const char *times(struct arena *arena, const char *verb, uint32_t n)
{
	if (n == 1)
		return verb;
	return arena_printf(arena, "%s %s times", verb, text_number(arena, n));
}

static const char *symbol_words(const struct symbol *s, struct arena *arena)
{
	bool called = !(s->roles & ~(1u << REF_CALL | 1u << REF_STATEMENT));
	const char *kind = symbol_kind_name[s->kind];
	const char *text = times(arena, called && s->kind == SYMBOL_FUNC ? "called" : "used",
				 s->uses);

	if (s->kind == SYMBOL_UNKNOWN)
		return text;
	return arena_printf(arena, "%s, %s", kind, text);
}

/* What is not known of an edge, in words; "" when all is. */
static const char *unknown_words(const struct edge_symbols *used, struct arena *arena)
{
	const char *text = "";
	const struct { uint32_t n; const char *one, *many; } what[] = {
		{ used->blank, "blank import", "blank imports" },
		{ used->dot, "dot import", "dot imports" },
		{ used->unread, "import in a file with errors", "imports in files with errors" },
		{ used->unknown, "import whose use was not found",
		  "imports whose use was not found" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(what); i++)
		if (what[i].n)
			text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
					    text_count(arena, what[i].n, what[i].one,
						       what[i].many));
	return text;
}

/* What a line is made of, one below the other. */
struct lines {
	const char **place, **words;
	uint32_t count;
};

/* Places are there to be clicked and never cut: the indent gives way, then the words. */
static void print_lines(FILE *out, unsigned indent, const struct lines *l, struct arena *arena)
{
	size_t wide = widest(l->place, l->count), room = WORDS_MIN;

	if (indent + wide + 2 + WORDS_WANTED > SCREEN_COLUMNS)
		indent = INDENT_MIN;
	if (indent + wide + 2 + room < SCREEN_COLUMNS)
		room = SCREEN_COLUMNS - indent - wide - 2;
	for (uint32_t i = 0; i < l->count; i++)
		if (*l->place[i])
			fprintf(out, "%*s%s  %s\n", (int)indent, "",
				text_pad(arena, l->place[i], wide),
				text_cut(arena, l->words[i], room));
		else
			fprintf(out, "%*s%s\n", (int)indent, "", l->words[i]);
}

static void add_line(struct lines *l, const char *place, const char *words)
{
	l->place[l->count] = place;
	l->words[l->count++] = words;
}

/* "1 more" is as long as the line that it hides. */
static uint32_t shown_of(uint32_t count, uint32_t most)
{
	return !most || count <= most + 1 ? count : most;
}

static void add_more(struct lines *l, uint32_t hidden, const char *one, const char *many,
		     struct arena *arena)
{
	if (hidden)
		add_line(l, "", arena_printf(arena, "%s: --all",
					     text_count(arena, hidden, one, many)));
}

void uses_print(FILE *out, unsigned indent, const struct symtab *syms, const char *const *import,
		const struct edge_symbols *used, uint32_t most, struct arena *arena)
{
	uint32_t imports = 0, shown = shown_of(used->count, most);
	const char *rest = unknown_words(used, arena);

	while (import[imports])
		imports++;
	size_t lines = (size_t)imports + used->count + 3;
	struct lines l = {
		.place = arena_array(arena, const char *, lines),
		.words = arena_array(arena, const char *, lines),
	};

	for (uint32_t i = 0; i < shown_of(imports, most); i++)
		add_line(&l, import[i], "import");
	add_more(&l, imports - shown_of(imports, most), "more import", "more imports", arena);
	for (uint32_t i = 0; i < shown; i++) {
		const struct symbol *s = &used->symbol[i];
		struct span at = { s->at.path, s->at.line, 0, 0 };
		const char *words = arena_printf(arena, "%s  %s", symbol_text(s, arena),
						 symbol_words(s, arena));

		add_line(&l, text_place(syms, &at, arena), text_escape(arena, words));
	}
	add_more(&l, used->count - shown, "more symbol", "more symbols", arena);
	/* Where nothing is known, the cell has said so. */
	if (*rest && used->count)
		add_line(&l, "", rest);
	print_lines(out, indent, &l, arena);
}

static struct json *roles_json(uint32_t roles)
{
	static const char *const name[] = {
		[REF_VALUE] = "value", [REF_CALL] = "call", [REF_TYPE] = "type",
		[REF_SIGNATURE] = "signature", [REF_FIELD] = "field",
		[REF_EMBEDDED] = "embedded", [REF_LITERAL] = "literal", [REF_WRITE] = "write",
		[REF_STATEMENT] = "statement",
	};
	struct json *list = json_array();

	for (size_t i = 0; i < ARRAY_SIZE(name); i++)
		if (roles >> i & 1)
			json_push_text(list, name[i]);
	return list;
}

static struct json *symbols_json(const struct source *s, const struct edge_symbols *used)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < used->count; i++) {
		const struct symbol *symbol = &used->symbol[i];
		struct json *object = json_object();

		json_set_text(object, "package", sym_text(s->syms, symbol->path));
		json_set_text(object, "name", symbol->name);
		json_set_text(object, "kind", symbol_kind_name[symbol->kind]);
		json_set(object, "roles", roles_json(symbol->roles));
		json_set_int(object, "uses", symbol->uses);
		json_set_text(object, "path", sym_text(s->syms, symbol->at.path));
		json_set_int(object, "line", symbol->at.line);
		json_set_int(object, "column", symbol->at.col);
		json_set_bool(object, "test", symbol->test);
		json_push(list, object);
	}
	return list;
}

void uses_set(struct json *edge, const struct source *s, const struct edge_symbols *used)
{
	json_set(edge, "symbols", symbols_json(s, used));
	json_set_int(edge, "symbol_weight", used->weight);
	json_set_int(edge, "blank_lines", used->blank);
	json_set_int(edge, "dot_lines", used->dot);
	json_set_int(edge, "unread_lines", used->unread);
	json_set_int(edge, "unknown_lines", used->unknown);
}

void uses_set_advice(struct json *edge, const struct source *s, const struct advice *advice)
{
	uses_set(edge, s, &advice->used);
	json_set_text(edge, "tactic", tactic_rows[advice->tactic].id);
	json_set_text(edge, "try", advice->words);
	json_set_int(edge, "declarations", advice->declarations);
}
