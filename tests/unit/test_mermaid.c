/* SPDX-License-Identifier: MIT */
/*
 * test_mermaid.c - Mermaid: a strict reader of the lines that are written, hostile
 * names, and the limits of what draws it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/draw/draw.h"
#include "graph/draw/escape.h"
#include "base/sym.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NODE(i, l, t, c, m) { .id = (i), .label = (l), .tooltip = (t), .cluster = (c), .mark = (m) }
#define DRAWING(t, c, n, e, nc, nn, ne) { \
	.title = (t), .cluster = (c), .node = (n), .edge = (e), \
	.nclusters = (nc), .nnodes = (nn), .nedges = (ne), \
}

static char *draw(const struct drawing *d)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct err err = ERR_INIT;

	assert_int_equal(draw_mermaid(d, out, &err), 0);
	fclose(out);
	assert_int_equal(strlen(text), len);
	return text;
}

/* ---- a reader of exactly this shape ---- */

struct seen { unsigned nodes, edges, boxes, notes, links, highest; };

static const char *number(const char *p, unsigned *ret)
{
	assert_true(isdigit((unsigned char)*p) && *p != '0');
	*ret = 0;
	for (; isdigit((unsigned char)*p); p++)
		*ret = *ret * 10 + (unsigned)(*p - '0');
	return p;
}

/* "text": nothing in it is more than a letter, or it is a code. */
static const char *quoted(const char *p)
{
	assert_int_equal(*p++, '"');
	assert_true(*p != '"');
	for (; *p != '"'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '#') {
			p++;
			if (!strncmp(p, "quot;", 5)) {
				p += 4;
				continue;
			}
			assert_true(isdigit((unsigned char)*p));
			while (isdigit((unsigned char)*p))
				p++;
			assert_int_equal(*p, ';');
			continue;
		}
		if (!(c >= 0x80 || isalnum(c) || strchr(" ,/-_.", c)) || !c)
			fail_msg("'%c' at %.20s", c, p);
	}
	return p + 1;
}

static const char *arrow_of(const char *p)
{
	static const char *const arrows[] = { "--> ", "-.-> ", "==> ", "-->|", "-.->|", "==>|" };

	for (unsigned i = 0; i < ARRAY_SIZE(arrows); i++)
		if (!strncmp(p, arrows[i], strlen(arrows[i]))) {
			p += strlen(arrows[i]);
			if (i < 3)
				return p;
			p = quoted(p);
			assert_memory_equal(p, "| ", 2);
			return p + 2;
		}
	fail_msg("no arrow: %.30s", p);
	return p;
}

static const char *line_end(const char *p)
{
	assert_int_equal(*p, '\n');
	return p + 1;
}

static const char *numbered(const char *p, struct seen *s, bool inside, unsigned nnodes)
{
	unsigned from, to;

	p = number(p + 1, &from);
	if (*p == '[') {
		p = quoted(p + 1);
		assert_int_equal(*p, ']');
		if (from > nnodes)
			s->notes++;
		else
			s->nodes++;
		return line_end(p + 1);
	}
	assert_false(inside);
	assert_int_equal(*p, ' ');
	p = arrow_of(p + 1);
	assert_int_equal(*p, 'n');
	p = number(p + 1, &to);
	assert_true(from <= nnodes && to <= nnodes);
	s->edges++;
	return line_end(p);
}

static const char *styles(const char *p, struct seen *s)
{
	if (!strncmp(p, "linkStyle ", 10)) {
		/* Numbers of edges that are there, ascending. */
		for (const char *q = p + 10; *q != ' '; q += *q == ',') {
			char *end;
			unsigned long n = strtoul(q, &end, 10);

			assert_true(end > q && n < s->edges);
			s->links++;
			q = end;
		}
	} else {
		assert_true(!strncmp(p, "class n", 7) || !strncmp(p, "classDef ", 9));
	}
	return line_end(strchr(p, '\n'));
}

static void read_back(const char *text, unsigned nnodes, struct seen *ret)
{
	const char *p = text;
	unsigned depth = 0;

	*ret = (struct seen){ 0 };
	assert_true(strlen(text) <= MERMAID_BYTES);
	assert_memory_equal(p, "flowchart LR\n", 13);
	p += 13;
	if (!strncmp(p, "  accTitle: ", 12)) {
		size_t len = strcspn(p, "\n");

		assert_true(strcspn(p, ";#{}\"'<>&%`") >= len);
		p += len + 1;
	}
	while (*p) {
		size_t indent = strspn(p, " ");

		p += indent;
		if (!strncmp(p, "subgraph c", 10)) {
			unsigned n;

			assert_int_equal(indent, 2 + 2 * depth);
			p = quoted(number(p + 10, &n) + 2);
			assert_int_equal(*p, ']');
			p = line_end(p + 1);
			depth++;
			ret->boxes++;
		} else if (!strncmp(p, "end\n", 4)) {
			assert_true(depth-- > 0);
			assert_int_equal(indent, 2 + 2 * depth);
			p += 4;
		} else {
			assert_int_equal(indent, 2 + 2 * depth);
			p = *p == 'n' ? numbered(p, ret, depth > 0, nnodes) : styles(p, ret);
		}
	}
	assert_int_equal(depth, 0);
}

/* ---- drawings ---- */

static const char small_drawing[] =
	"flowchart LR\n"
	"  accTitle: shop\n"
	"  subgraph c1 [\"example.com/tools\"]\n"
	"    n2[\"tools\"]\n"
	"    n3[\"tools_test\"]\n"
	"  end\n"
	"  n1[\"internal/order\"]\n"
	"  n1 ==>|\"forbidden#58; layer-violation\"| n2\n"
	"  n3 -.-> n2\n"
	"  n2 --> n1\n"
	"  class n1 added\n"
	"  classDef added stroke:#1a7f37,stroke-width:3px\n"
	"  linkStyle 0 stroke:#cf222e\n"
	"  linkStyle 1 stroke:#818b98\n";

static void a_small_drawing_is_these_bytes(void **state UNUSED)
{
	const struct draw_cluster cluster[] = {
		{ .id = "tools", .label = "example.com/tools" },
		{ .id = "none", .label = "nobody is in it" },
	};
	const struct draw_node node[] = {
		NODE("internal/order", "internal/order", "12 files", ID_NONE, MARK_ADDED),
		NODE("tools", "tools", NULL, 0, MARK_NONE),
		NODE("tools_test", "tools_test", "", 0, MARK_NONE),
	};
	const struct draw_edge edge[] = {
		{ .from = 0, .to = 1, .weight = 1, .tooltip = "a.go:1:2", .mark = MARK_FORBIDDEN,
		  .label = "forbidden: layer-violation" },
		{ .from = 2, .to = 1, .weight = 1000, .kind = KIND_TEST },
		{ .from = 1, .to = 0, .weight = 4, .label = "" },
	};
	const struct drawing d = DRAWING("shop", cluster, node, edge, 2, 3, 3);
	struct seen seen;
	char *text = draw(&d);

	assert_string_equal(text, small_drawing);
	read_back(text, 3, &seen);
	assert_int_equal(seen.nodes, 3);
	assert_int_equal(seen.edges, 3);
	assert_int_equal(seen.links, 2);
	free(text);
}

static void labels_are_not_markup(void **state UNUSED)
{
	static const struct { const char *text, *label; } rows[] = {
		{ "", " " },
		{ "a\"b", "a#quot;b" },
		{ "a\"] --> evil", "a#quot;#93; #45;#45;#62; evil" },
		{ "<script>", "#60;script#62;" },
		{ "%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;" },
		{ "`**x**`", "#96;#42;#42;x#42;#42;#96;" },
		{ "#35;", "#35;35#59;" },
		{ "1. x", "#49;. x" },
		{ "- x", "#45; x" },
		{ "__init__", "#95;#95;init#95;#95;" },
		{ "a_b/x_test", "a_b/x_test" },
		{ "_x", "#95;x" },
		{ "www.x.org", "www#46;x.org" },
		{ "a\nb", "a#92;nb" },
		{ "订单/支付", "订单/支付" },
		{ "\xff", "#92;xff" },
	};
	struct arena a = ARENA_INIT;

	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(mermaid_label(&a, rows[i].text), rows[i].label);
	arena_release(&a);
}

/* Any bytes at all, in every place that takes a text. */
static void hostile_names_stay_inside(void **state UNUSED)
{
	enum { N = 40, LEN = 24 };
	static char name[N][LEN + 1];
	struct draw_node node[N];
	struct draw_edge edge[N];
	struct draw_cluster cluster[N];
	uint32_t seed = 12345;

	for (unsigned round = 0; round < 300; round++) {
		struct seen seen;

		for (uint32_t i = 0; i < N; i++) {
			for (unsigned k = 0; k < LEN; k++) {
				seed = seed * 1664525u + 1013904223u;
				name[i][k] = (char)(seed >> 24 ? seed >> 24 : 1);
			}
			name[i][seed % LEN] = '\0';
			cluster[i] = (struct draw_cluster){
				.id = name[i], .label = name[i],
				.parent = (i * 7) % (i + 1),
			};
			node[i] = (struct draw_node){
				.id = name[i], .label = name[i], .tooltip = name[i],
				.cluster = i % 3 ? i : ID_NONE, .mark = seed % MARK_COUNT,
				.kind = seed / 64 % KIND_COUNT,
			};
			edge[i] = (struct draw_edge){
				.from = i, .to = (i * 7) % N, .weight = i, .tooltip = name[i],
				.mark = (seed >> 8) % MARK_COUNT, .label = name[i],
				.kind = seed / 64 % KIND_COUNT,
			};
		}
		const struct drawing d = DRAWING(name[0], cluster, node, edge, N, N, N);
		char *text = draw(&d);

		read_back(text, N, &seen);
		assert_int_equal(seen.nodes, N);
		assert_int_equal(seen.edges, N);
		assert_int_equal(seen.notes, 0);
		free(text);
	}
}

/* Marked edges are drawn first; what is missing is counted. */
static void limits_hold(void **state UNUSED)
{
	static const struct { uint32_t nodes, edges, len; } sizes[] = {
		{ 100, 500, 10 }, { 100, 501, 10 }, { 100, 5000, 10 }, { 3000, 3000, 200 },
		{ 4000, 0, 40 }, { 10, 20, 20000 }, { 2, 1, 60000 },
	};

	for (unsigned s = 0; s < ARRAY_SIZE(sizes); s++) {
		uint32_t n = sizes[s].nodes, m = sizes[s].edges, marked = 0, shown = 0;
		struct draw_node *node = xcalloc(n, sizeof(*node));
		struct draw_edge *edge = xcalloc(m + 1, sizeof(*edge));
		char *name = xcalloc(sizes[s].len + 1, 1);
		struct seen seen;

		memset(name, 'x', sizes[s].len);
		for (uint32_t i = 0; i < n; i++)
			node[i] = (struct draw_node)NODE(name, name, "", ID_NONE, MARK_NONE);
		for (uint32_t i = 0; i < m; i++) {
			bool mark = i + 20 >= m;

			marked += mark;
			edge[i] = (struct draw_edge){
				.from = i % n, .to = (i * 13 + 1) % n, .weight = 1,
				.mark = mark ? MARK_ADDED : MARK_NONE,
			};
		}
		const struct drawing d = DRAWING(NULL, NULL, node, edge, 0, n, m);
		char *text = draw(&d);

		read_back(text, n, &seen);
		assert_true(seen.edges <= MERMAID_EDGES);
		assert_int_equal(seen.notes, seen.nodes < n || seen.edges < m);
		for (const char *p = text; (p = strstr(p, "==>")); p++)
			shown++;
		if (sizes[s].len < 1000 && m)
			assert_int_equal(shown, marked);
		if (n == 100)
			assert_int_equal(seen.edges, m < 500 ? m : 500);
		free(text);
		free(name);
		free(edge);
		free(node);
	}
}

static void an_empty_drawing_is_a_chart(void **state UNUSED)
{
	const struct drawing d = { 0 };
	char *text = draw(&d);

	assert_string_equal(text, "flowchart LR\n");
	free(text);
}

static void a_full_disk_is_an_error(void **state UNUSED)
{
	FILE *full = fopen("/dev/full", "w");
	const struct draw_node node[] = { NODE("a", "a", "", ID_NONE, MARK_NONE) };
	const struct drawing d = DRAWING("g", NULL, node, NULL, 0, 1, 0);
	struct err err = ERR_INIT;

	if (!full)
		skip();
	assert_int_equal(draw_mermaid(&d, full, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_drawing_is_these_bytes),
		cmocka_unit_test(labels_are_not_markup),
		cmocka_unit_test(hostile_names_stay_inside),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(an_empty_drawing_is_a_chart),
		cmocka_unit_test(a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
