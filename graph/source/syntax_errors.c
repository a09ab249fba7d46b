/* SPDX-License-Identifier: MIT */
/*
 * syntax_errors.c - errors in a tree of tree-sitter.
 *
 * A newline that it made up is a node that no cursor visits: such a place shows
 * as a node with an error of which no child has one.
 */
#include "graph/source/syntax_errors.h"

#include <string.h>
#include <tree_sitter/api.h>

static bool is_error(TSNode node)
{
	return ts_node_is_error(node) || ts_node_is_missing(node);
}

static void count(struct syntax_errors *e, uint32_t at)
{
	if (!e->count || at < e->first)
		e->first = at;
	e->count++;
}

static bool is_one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(text, *list))
			return true;
	return false;
}

/* Between two nodes on one line, of which Go takes the second only on another. */
static bool needs_newline(const char *text, TSNode before, TSNode node)
{
	static const char *const free[] = { ";", ")", "comment", "const", "var", "(", NULL };
	uint32_t from = ts_node_end_byte(before), to = ts_node_start_byte(node);

	return !is_one_of(ts_node_type(node), free) && !is_one_of(ts_node_type(before), free) &&
	       !memchr(text + from, '\n', to - from);
}

/*
 * The cursor stands on a node with an error and stands there again afterwards.
 * If no child of it has the error, a newline is missing: between two children,
 * or in front of the `)` of a group, where Go needs none.
 */
static void look_for_newline(TSTreeCursor *c, const char *text, struct syntax_errors *e)
{
	static const char *const groups[] = { "const_declaration", "var_spec_list", NULL };
	TSNode node = ts_tree_cursor_current_node(c), before = node;
	bool group = is_one_of(ts_node_type(node), groups), found = false, inside = false;

	if (!ts_tree_cursor_goto_first_child(c))
		return;
	uint32_t at = ts_node_end_byte(node);

	for (bool first = true;; first = false) {
		TSNode child = ts_tree_cursor_current_node(c);

		inside |= is_error(child) || ts_node_has_error(child);
		if (!first && !found && needs_newline(text, before, child)) {
			at = ts_node_start_byte(child);
			found = true;
		}
		before = child;
		if (!ts_tree_cursor_goto_next_sibling(c))
			break;
	}
	ts_tree_cursor_goto_parent(c);
	if (!inside && (found || !group))
		count(e, at);
}

void syntax_errors_find(const TSTree *tree, const char *text, struct syntax_errors *ret)
{
	TSTreeCursor c = ts_tree_cursor_new(ts_tree_root_node(tree));
	bool down = true;

	*ret = (struct syntax_errors){ 0 };
	for (;;) {
		if (down) {
			TSNode node = ts_tree_cursor_current_node(&c);

			down = ts_node_has_error(node);
			if (is_error(node))
				count(ret, ts_node_start_byte(node));
			else if (down)
				look_for_newline(&c, text, ret);
		}
		if (down && ts_tree_cursor_goto_first_child(&c))
			continue;
		down = ts_tree_cursor_goto_next_sibling(&c);
		if (!down && !ts_tree_cursor_goto_parent(&c))
			break;
	}
	ts_tree_cursor_delete(&c);
}
