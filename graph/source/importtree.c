/* SPDX-License-Identifier: MIT */
/*
 * importtree.c - tree-sitter on the import section of a file: the specs with
 * their names, paths and places.
 */
#include "graph/source/gotext.h"
#include "graph/source/header.h"
#include "graph/source/tsalloc.h"

#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_go(void);

struct import_parser {
	TSParser *ts;
	TSSymbol spec;
	TSFieldId name, path;
};

struct import_parser *import_parser_new(void)
{
	struct import_parser *p = xcalloc(1, sizeof(*p));
	const TSLanguage *go = tree_sitter_go();

	tsalloc_install();
	p->ts = ts_parser_new();
	if (!p->ts || !ts_parser_set_language(p->ts, go))
		BUG("the Go grammar does not fit this tree-sitter");
	p->spec = ts_language_symbol_for_name(go, "import_spec", 11, true);
	p->name = ts_language_field_id_for_name(go, "name", 4);
	p->path = ts_language_field_id_for_name(go, "path", 4);
	return p;
}

void import_parser_free(struct import_parser *p)
{
	if (!p)
		return;
	ts_parser_delete(p->ts);
	free(p);
}

/* Where the section begins shifts the rows of all of it and the columns of its first row. */
static void place(const struct header *h, TSNode node, struct header_import *ret)
{
	TSPoint from = ts_node_start_point(node), to = ts_node_end_point(node);

	ret->line = h->section_line + from.row;
	ret->col = from.column + (from.row ? 1 : h->section_col);
	ret->end_col = to.column + (to.row ? 1 : h->section_col);
}

/* The cursor stands on a spec and stands there again afterwards. */
static bool take_spec(const struct import_parser *p, const char *section, const struct header *h,
		      TSTreeCursor *cursor, struct arena *arena, struct header_import *ret)
{
	place(h, ts_tree_cursor_current_node(cursor), ret);
	ret->name = "";
	ret->path = NULL;
	if (!ts_tree_cursor_goto_first_child(cursor))
		return false;
	do {
		TSFieldId field = ts_tree_cursor_current_field_id(cursor);
		TSNode node = ts_tree_cursor_current_node(cursor);
		uint32_t from = ts_node_start_byte(node), len = ts_node_end_byte(node) - from;

		if (field == p->name)
			ret->name = arena_strndup(arena, section + from, len);
		else if (field == p->path)
			ret->path = go_unquote(section + from, len, arena);
	} while (ts_tree_cursor_goto_next_sibling(cursor));
	ts_tree_cursor_goto_parent(cursor);
	return ret->path;
}

/* Depth-first over declarations and spec lists; three levels, so the cursor never goes deep. */
static bool collect(const struct import_parser *p, const char *section, const struct header *h,
		    TSNode root, struct arena *arena, struct header_import *item, uint32_t *ret_n)
{
	TSTreeCursor cursor = ts_tree_cursor_new(root);
	bool down = true, fine = true;
	uint32_t n = 0;

	for (;;) {
		if (down && ts_node_symbol(ts_tree_cursor_current_node(&cursor)) == p->spec) {
			fine = n < h->nimports &&
			       take_spec(p, section, h, &cursor, arena, &item[n]);
			n += fine;
			down = false;
		}
		if (!fine)
			break;
		if (down && ts_tree_cursor_goto_first_child(&cursor))
			continue;
		down = ts_tree_cursor_goto_next_sibling(&cursor);
		if (!down && !ts_tree_cursor_goto_parent(&cursor))
			break;
	}
	ts_tree_cursor_delete(&cursor);
	*ret_n = n;
	return fine;
}

bool import_parser_run(struct import_parser *p, const char *bytes, const struct header *h,
		       struct arena *arena, const struct header_import **ret_import,
		       uint32_t *ret_nimports)
{
	const char *section = bytes + h->section_start;
	struct header_import *item = arena_array(arena, struct header_import, h->nimports);
	bool fine = false;

	*ret_nimports = 0;
	*ret_import = item;
	if (h->section_end == h->section_start)
		return true;
	TSTree *tree = ts_parser_parse_string(p->ts, NULL, section,
					      h->section_end - h->section_start);

	if (tree) {
		TSNode root = ts_tree_root_node(tree);

		fine = !ts_node_has_error(root) &&
		       collect(p, section, h, root, arena, item, ret_nimports) &&
		       *ret_nimports == h->nimports;
		ts_tree_delete(tree);
	}
	return fine;
}
