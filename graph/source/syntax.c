/* SPDX-License-Identifier: MIT */
/*
 * syntax.c - tree-sitter on a whole file, and its tree laid out flat in one
 * walk of a cursor.
 */
#include "graph/source/syntax.h"
#include "base/limits.h"
#include "graph/source/mask.h"
#include "graph/source/syntax_check.h"
#include "graph/source/syntax_errors.h"
#include "graph/source/syntax_tidy.h"
#include "graph/source/tsalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_go(void);

#define DROPPED UINT8_MAX               /* a token that nobody asks for */

/*
 * A step is about as much work as it takes to shift a token.  tree-sitter tells
 * its progress every PROGRESS_STEPS operations, but some of these grow with the
 * input: it reads a token, however long, in one, and may do so in vain from every
 * place of the file; where it looks for a way out of an error it walks over what
 * it has so far, and copies it.  So the blocks that it reads, the bytes that it
 * allocates and the errors that it meets are counted too.
 */
#define PROGRESS_STEPS 100
#define READ_BYTES 4096u
#define READ_STEPS 1000
#define RUNE_BYTES 4u
#define BYTES_A_STEP 32
#define ERROR_STEPS 500
#define JUDGE_SHARE 10                  /* of the limit: for pieces that a rewrite asks about */
#define OFFSET_A_STEP 256               /* an error costs a step for so many bytes before it */

struct syntax_parser {
	struct tsheap *heap;
	const TSLanguage *go;
	uint32_t nsymbols;
	uint8_t *kind;                  /* [nsymbols]: enum syn_kind or DROPPED */
	uint8_t *field;                 /* [fields of the grammar]: enum syn_field */
	struct syn *syn;                /* grows to the largest file */
	uint32_t cap;
	uint64_t steps;                 /* limit of a file */
};

struct input {
	const char *bytes;
	uint32_t len;
	uint64_t steps;                 /* left */
	const struct tsheap *heap;
	struct tsheap_asked asked;      /* of it, when progress was told last */
};

static const struct { const char *name; bool named; } kind_rows[SYN_COUNT] = {
	[SYN_OTHER] = { "", true },
#define SYN_NODE(id, text) [id] = { text, true },
#define SYN_TOKEN(id, text) [id] = { text, false },
#include "graph/source/syntax_kinds.def"
#undef SYN_NODE
#undef SYN_TOKEN
};

static const char *const field_names[FIELD_COUNT] = {
	[FIELD_NONE] = "",
#define SYN_FIELD(id, text) [id] = text,
#include "graph/source/syntax_fields.def"
#undef SYN_FIELD
};

static uint8_t kind_of(const TSLanguage *go, TSSymbol symbol)
{
	bool named = ts_language_symbol_type(go, symbol) == TSSymbolTypeRegular;
	const char *name = ts_language_symbol_name(go, symbol);

	for (unsigned k = SYN_OTHER + 1; k < SYN_COUNT; k++)
		if (kind_rows[k].named == named && !strcmp(kind_rows[k].name, name))
			return (uint8_t)k;
	return named ? SYN_OTHER : DROPPED;
}

struct syntax_parser *syntax_parser_new(void)
{
	struct syntax_parser *p = xcalloc(1, sizeof(*p));

	_Static_assert(SYN_COUNT < DROPPED, "kinds fit a byte");
	tsalloc_install();
	p->heap = tsheap_new();
	p->steps = limit_of(LIMIT_SYNTAX_STEPS);
	p->go = tree_sitter_go();
	p->nsymbols = ts_language_symbol_count(p->go);
	p->kind = xcalloc(p->nsymbols, 1);
	for (uint32_t i = 0; i < p->nsymbols; i++)
		p->kind[i] = kind_of(p->go, (TSSymbol)i);
	p->field = xcalloc(ts_language_field_count(p->go) + 1, 1);
	for (unsigned f = FIELD_NONE + 1; f < FIELD_COUNT; f++) {
		TSFieldId id = ts_language_field_id_for_name(p->go, field_names[f],
							     (uint32_t)strlen(field_names[f]));

		if (!id)
			BUG("the Go grammar has no field '%s'", field_names[f]);
		p->field[id] = (uint8_t)f;
	}
	return p;
}

void syntax_parser_free(struct syntax_parser *p)
{
	if (!p)
		return;
	tsheap_free(p->heap);
	free(p->kind);
	free(p->field);
	free(p->syn);
	free(p);
}

void syntax_parser_limit(struct syntax_parser *p, uint64_t steps)
{
	p->steps = steps;
}

static void spend(struct input *in, uint64_t steps)
{
	in->steps = in->steps > steps ? in->steps - steps : 0;
}

/*
 * A block at a time, so that the lexer cannot read far without being counted.
 * It never ends in the middle of a rune: the lexer would ask for its rest only.
 * A newline ends the file even if none does: the grammar wants one behind the
 * last declaration, Go does not.
 */
static const char *read_input(void *ctx, uint32_t at, TSPoint point, uint32_t *ret_len)
{
	struct input *in = ctx;
	uint32_t end = (at / READ_BYTES + 1) * READ_BYTES + RUNE_BYTES;

	(void)point;
	spend(in, READ_STEPS);
	*ret_len = 0;
	if (at > in->len || !in->steps)
		return "";
	*ret_len = (end < in->len ? end : in->len) - at;
	if (*ret_len)
		return in->bytes + at;
	*ret_len = 1;
	return "\n";
}

static bool progress(TSParseState *state)
{
	struct input *in = state->payload;
	struct tsheap_asked now = tsheap_asked(in->heap);
	uint64_t bytes = now.bytes - in->asked.bytes, errors = now.notes - in->asked.notes;

	in->asked = now;
	spend(in, PROGRESS_STEPS + bytes / BYTES_A_STEP +
		  errors * (ERROR_STEPS + state->current_byte_offset / OFFSET_A_STEP));
	return !in->steps;
}

/* A tree in the heap; NULL when out of steps.  The parser need not be deleted. */
static TSTree *parse(const struct syntax_parser *p, struct input *in, TSParser *ts)
{
	TSInput input = { .payload = in, .read = read_input, .encoding = TSInputEncodingUTF8 };
	TSParseOptions options = { .payload = in, .progress_callback = progress };

	in->heap = p->heap;
	in->asked = tsheap_asked(p->heap);
	if (!ts_parser_set_language(ts, p->go))
		BUG("the Go grammar does not fit this tree-sitter");
	TSTree *tree = ts_parser_parse_with_options(ts, NULL, input, options);

	return in->steps ? tree : NULL;
}

/* What mask_rewrite() asks the grammar, piece by piece. */
struct judge {
	const struct syntax_parser *p;
	uint64_t steps;
	char *text;
	size_t cap;
};

static bool parses(void *ctx, const char *before, const char *text, uint32_t len,
		   const char *behind)
{
	struct judge *j = ctx;
	size_t size = strlen(before) + len + strlen(behind) + 1;
	struct input in = { .len = (uint32_t)size - 1, .steps = j->steps };
	bool fine = false;

	VEC_RESERVE(j->text, j->cap, size);
	snprintf(j->text, size, "%s%.*s%s", before, (int)len, text, behind);
	in.bytes = j->text;
	if (in.steps) {
		TSParser *ts = ts_parser_new();
		TSTree *tree = parse(j->p, &in, ts);

		fine = tree && !ts_node_has_error(ts_tree_root_node(tree));
		ts_tree_delete(tree);
		ts_parser_delete(ts);
	}
	j->steps = in.steps;
	return fine;
}

/* The text rewritten, in the arena; NULL when there is nothing to rewrite. */
static char *rewrite(const struct syntax_parser *p, const struct input *in, struct arena *arena,
		     uint32_t *ret_places)
{
	struct judge judge = { .p = p, .steps = p->steps / JUDGE_SHARE };
	char *text = arena_strndup(arena, in->bytes, in->len);

	*ret_places = mask_rewrite(text, in->len, &(struct mask_judge){ parses, &judge });
	free(judge.text);
	return *ret_places ? text : NULL;
}

/*
 * The tree of the file, or of its rewrite where that has fewer errors.  Errors
 * cost many steps, so the rewrite has as many of its own.
 */
static TSTree *parse_any(const struct syntax_parser *p, struct input *in, struct arena *arena,
			 struct syntax *ret, struct syntax_errors *ret_errors)
{
	struct syntax_errors errors;
	struct input other;
	TSTree *tree, *rewritten;

	if (mask_blocks_needed(in->bytes, in->len)) {
		char *text = arena_strndup(arena, in->bytes, in->len);

		if (mask_blocks(text, in->len))
			in->bytes = text;
	}
	other = *in;
	tree = parse(p, in, ts_parser_new());

	*ret_errors = (struct syntax_errors){ 0 };
	if (tree && ts_node_has_error(ts_tree_root_node(tree)))
		syntax_errors_find(tree, in->bytes, ret_errors);
	if (tree && !ret_errors->count)
		return tree;
	other.bytes = rewrite(p, in, arena, &ret->rewritten);
	rewritten = other.bytes ? parse(p, &other, ts_parser_new()) : NULL;
	if (rewritten) {
		syntax_errors_find(rewritten, other.bytes, &errors);
		if (!tree || errors.count < ret_errors->count) {
			*ret_errors = errors;
			in->bytes = other.bytes;
			return rewritten;
		}
	}
	ret->rewritten = 0;
	return tree;
}

/* The walk: a cursor over tree-sitter's tree, and where it is in ours. */
struct walk {
	struct syntax_parser *p;
	TSTreeCursor cursor;
	uint32_t nsyn, parent, len;
	bool errors;                    /* the tree has some */
};

/* Appends the cursor's node; false when there is nothing for us in it. */
static bool take_node(struct walk *w)
{
	struct syntax_parser *p = w->p;
	TSNode node = ts_tree_cursor_current_node(&w->cursor);
	TSSymbol symbol = ts_node_symbol(node);
	uint8_t kind = symbol < p->nsymbols ? p->kind[symbol] : SYN_OTHER, flags = 0;
	uint32_t start = ts_node_start_byte(node), end = ts_node_end_byte(node);

	if (kind == DROPPED)
		return false;
	if (w->errors)
		flags = (ts_node_is_error(node) ? SYN_ERROR : 0) |
			(ts_node_is_missing(node) ? SYN_MISSING : 0);
	VEC_RESERVE(p->syn, p->cap, w->nsyn + 1);
	p->syn[w->nsyn] = (struct syn){
		.kind = kind, .flags = flags,
		/* The newline that read_input() adds is behind the file. */
		.start = start < w->len ? start : w->len, .end = end < w->len ? end : w->len,
		.field = p->field[ts_tree_cursor_current_field_id(&w->cursor)],
		.parent = w->parent, .next = w->nsyn + 1,
	};
	w->nsyn++;
	return kind != SYN_STRING && kind != SYN_RAW_STRING;
}

/* Lays out the whole tree; the file is node 0 and has all bytes. */
static void lay_out(struct walk *w, const TSTree *tree)
{
	struct syn *syn;
	bool down = true;

	w->cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	for (;;) {
		uint32_t here = w->nsyn;

		if (down)
			down = take_node(w);
		if (down && ts_tree_cursor_goto_first_child(&w->cursor)) {
			w->parent = here;
			continue;
		}
		down = ts_tree_cursor_goto_next_sibling(&w->cursor);
		if (down)
			continue;
		if (!ts_tree_cursor_goto_parent(&w->cursor))
			break;
		syn = &w->p->syn[w->parent];
		syn->next = w->nsyn;
		w->parent = syn->parent;
	}
	/* Of a file without anything whole the root is an error. */
	w->p->syn[0].kind = SYN_FILE;
	w->p->syn[0].start = 0;
	w->p->syn[0].end = w->len;
}

static void find_lines(struct syntax *s, struct arena *arena)
{
	const char *end = s->bytes + s->len, *at = s->bytes, *newline;
	uint32_t n = 0, *start;

	for (; at < end && (newline = memchr(at, '\n', (size_t)(end - at))); at = newline + 1)
		n++;
	n += at < end;
	start = arena_array(arena, uint32_t, n);
	at = s->bytes;
	for (uint32_t i = 0; i < n; i++) {
		start[i] = (uint32_t)(at - s->bytes);
		newline = memchr(at, '\n', (size_t)(end - at));
		at = newline ? newline + 1 : end;
	}
	s->line_start = start;
	s->nlines = n;
}

/* What go/parser refuses in a tree without errors, of the text that was parsed. */
static void check(const struct syntax *s, const char *parsed, struct syntax_errors *errors)
{
	struct syntax as_parsed = *s;
	uint32_t at, other;

	as_parsed.bytes = parsed;
	at = syntax_check_bytes(s);
	other = syntax_check_lines(&as_parsed);
	at = other < at ? other : at;
	other = syntax_check_tree(s);
	at = other < at ? other : at;
	if (at != SYNTAX_FINE)
		*errors = (struct syntax_errors){ .count = 1, .first = at };
}

void syntax_parse(struct syntax_parser *p, const char *bytes, uint32_t len, struct arena *arena,
		  struct syntax *ret)
{
	struct input in = { .bytes = bytes, .len = len, .steps = p->steps };
	struct walk w = { .p = p, .len = len };
	struct syntax_errors errors;
	TSTree *tree;

	*ret = (struct syntax){ .status = SYNTAX_SIZE, .bytes = bytes, .len = len };
	find_lines(ret, arena);
	if (len > limit_of(LIMIT_SYNTAX_BYTES))
		return;
	tsheap_enter(p->heap);
	tree = parse_any(p, &in, arena, ret, &errors);
	ret->status = SYNTAX_STEPS;
	if (tree) {
		w.errors = errors.count;
		lay_out(&w, tree);
		w.nsyn = syntax_tidy(p->syn, w.nsyn);
		ret->nsyn = w.nsyn;
		ret->syn = memcpy(arena_array(arena, struct syn, w.nsyn), p->syn,
				  w.nsyn * sizeof(struct syn));
		if (!errors.count)
			check(ret, in.bytes, &errors);
		ret->status = errors.count ? SYNTAX_ERROR : SYNTAX_OK;
		if (errors.count)
			ret->error_line = syntax_line(ret, errors.first < len ? errors.first : len,
						      &ret->error_col);
	}
	tsheap_leave(p->heap);
}

uint32_t syntax_line(const struct syntax *s, uint32_t offset, uint32_t *ret_col)
{
	uint32_t lo = 0, hi = s->nlines;

	/* The last line that begins at or before the offset. */
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (s->line_start[mid] <= offset)
			lo = mid;
		else
			hi = mid;
	}
	*ret_col = offset + 1 - (s->nlines ? s->line_start[lo] : 0);
	return lo + 1;
}

uint32_t syntax_child(const struct syntax *s, uint32_t node, enum syn_field field)
{
	syntax_foreach_child(s, node, c)
		if (s->syn[c].field == field)
			return c;
	return 0;
}
