/* SPDX-License-Identifier: MIT */
/*
 * driver.c - what syntax_parse() says of the files named on stdin:
 * "ok|error|steps|size LINE:COL REWRITTEN PATH".  With "tree" instead, of those
 * without errors, how many nodes of each sort there are and a sum over their
 * places; with "nodes" the nodes themselves.  The sorts are those of main.go.
 */
#include "graph/source/syntax.h"
#include "graph/source/tree.h"

#include <stdio.h>
#include <string.h>

/* A sort of nodes; those of which only the beginning is compared end at 0. */
static const struct { uint8_t kind; char sort; bool end; } sorts[] = {
	{ SYN_IF_STATEMENT, 'i', true }, { SYN_FOR_STATEMENT, 'f', true },
	{ SYN_SWITCH_STATEMENT, 's', true }, { SYN_TYPE_SWITCH_STATEMENT, 't', true },
	{ SYN_SELECT_STATEMENT, 'e', true }, { SYN_CASE, 'c', false },
	{ SYN_TYPE_CASE, 'c', false },
	{ SYN_COMM_CASE, 'c', false }, { SYN_DEFAULT_CASE, 'c', false },
	{ SYN_FUNC_LITERAL, 'l', true }, { SYN_FUNC_DECL, 'd', true },
	{ SYN_METHOD_DECL, 'd', true }, { SYN_BLOCK, 'b', true },
	{ SYN_COMPOSITE_LITERAL, 'C', true },
	{ SYN_CALL_EXPRESSION, 'a', true }, { SYN_TYPE_CONVERSION, 'a', true },
	{ SYN_SELECTOR_EXPRESSION, '.', true }, { SYN_QUALIFIED_TYPE, '.', true },
	{ SYN_GO_STATEMENT, 'g', true }, { SYN_DEFER_STATEMENT, 'g', true },
	{ SYN_RETURN_STATEMENT, 'r', false }, { SYN_INC_STATEMENT, '+', true },
	{ SYN_DEC_STATEMENT, '+', true }, { SYN_SEND_STATEMENT, '>', true },
	{ SYN_LABELED_STATEMENT, 'L', false }, { SYN_ASSIGNMENT, '=', true },
	{ SYN_SHORT_VAR, '=', true }, { SYN_TYPE_SPEC, 'T', true }, { SYN_TYPE_ALIAS, 'T', true },
	{ SYN_CONST_SPEC, 'v', true }, { SYN_VAR_SPEC, 'v', true }, { SYN_IMPORT_SPEC, 'I', true },
	{ SYN_STRUCT_TYPE, 'S', true }, { SYN_INTERFACE_TYPE, 'F', true },
	{ SYN_STRING, '"', true }, { SYN_RAW_STRING, '"', true }, { SYN_INT, '1', true },
	{ SYN_FLOAT, '1', true }, { SYN_IMAGINARY, '1', true }, { SYN_RUNE, '1', true },
	{ SYN_IDENTIFIER, 'x', true }, { SYN_FIELD_IDENTIFIER, 'x', true },
	{ SYN_TYPE_NAME, 'x', true }, { SYN_PACKAGE_IDENTIFIER, 'x', true },
	{ SYN_LABEL_NAME, 'x', true }, { SYN_BLANK, 'x', true }, { SYN_DOT, 'x', true },
	{ SYN_NIL, 'x', true }, { SYN_TRUE, 'x', true }, { SYN_FALSE, 'x', true },
	{ SYN_IOTA, 'x', true }, { SYN_TYPE_ASSERTION, 'A', true },
	{ SYN_SLICE_EXPRESSION, ':', true },
	{ SYN_KEYED_ELEMENT, 'k', true }, { SYN_MAP_TYPE, 'm', true }, { SYN_CHAN_TYPE, 'h', true },
	{ SYN_FALLTHROUGH_STATEMENT, 'j', true }, { SYN_BREAK_STATEMENT, 'j', true },
	{ SYN_CONTINUE_STATEMENT, 'j', true }, { SYN_GOTO_STATEMENT, 'j', true },
};

struct sum {
	uint64_t count[128], places[128];
	bool list;
};

static void add(struct sum *sum, char sort, uint32_t start, uint32_t end)
{
	uint64_t place = ((uint64_t)start << 32 | end) * UINT64_C(0x9e3779b97f4a7c15);

	sum->count[(int)sort]++;
	sum->places[(int)sort] += place ^ place >> 29;
	if (sum->list)
		printf("%c %u %u\n", sort, start, end);
}

/* A name with a type, of parameters, results and struct fields. */
static bool is_field_name(const struct syntax *s, uint32_t i)
{
	uint8_t kind = s->syn[s->syn[i].parent].kind;

	return s->syn[i].field == FIELD_NAME &&
	       (kind == SYN_PARAM || kind == SYN_VARIADIC_PARAM || kind == SYN_FIELD_DECL);
}

static void print_tree(const struct syntax *s, bool list)
{
	struct sum sum = { .list = list };

	for (uint32_t i = 0; i < s->nsyn; i++) {
		const struct syn *n = &s->syn[i];

		for (size_t k = 0; k < ARRAY_SIZE(sorts); k++)
			if (n->kind == sorts[k].kind)
				add(&sum, sorts[k].sort, n->start, sorts[k].end ? n->end : 0);
		if (n->kind == SYN_LITERAL_VALUE && s->syn[n->parent].kind == SYN_LITERAL_ELEMENT)
			add(&sum, 'C', n->start, n->end);
		if (n->kind == SYN_BINARY_EXPRESSION &&
		    s->syn[syntax_child(s, i, FIELD_OPERATOR)].kind != SYN_OR)
			add(&sum, 'o', n->start, n->end);
		if (is_field_name(s, i))
			add(&sum, 'n', n->start, n->end);
	}
	for (int sort = 0; sort < 128 && !list; sort++)
		if (sum.count[sort])
			printf("%c:%llu:%llx ", sort, (unsigned long long)sum.count[sort],
			       (unsigned long long)sum.places[sort]);
}

int main(int argc, char **argv)
{
	bool list = argc > 1 && !strcmp(argv[1], "nodes"), tree = argc > 1;
	static const char *const shown[] = {
		[SYNTAX_OK] = "ok", [SYNTAX_ERROR] = "error",
		[SYNTAX_STEPS] = "steps", [SYNTAX_SIZE] = "size",
	};
	struct syntax_parser *parser = syntax_parser_new();
	struct tree *disk = tree_disk_open("/");
	struct tree_buf buf = { 0 };
	struct arena arena = ARENA_INIT;
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		struct err err = ERR_INIT;
		struct syntax s;

		line[strcspn(line, "\n")] = '\0';
		if (tree_read(disk, line + (line[0] == '/'), 0, UINT32_MAX / 2, &buf, &err)) {
			printf("unreadable 0:0 0 %s\n", line);
			continue;
		}
		syntax_parse(parser, buf.bytes, (uint32_t)buf.len, &arena, &s);
		if (tree && s.status == SYNTAX_OK)
			print_tree(&s, list);
		if (tree)
			printf("%s\n", list ? "" : s.status == SYNTAX_OK ? "." : "-");
		else
			printf("%s %u:%u %u %s\n", shown[s.status], s.error_line,
			       s.error_col, s.rewritten, line);
		arena_reset(&arena);
	}
	tree_buf_release(&buf);
	tree_close(disk);
	arena_release(&arena);
	syntax_parser_free(parser);
	return 0;
}
