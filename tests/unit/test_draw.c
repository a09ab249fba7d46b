/* SPDX-License-Identifier: MIT */
/*
 * test_draw.c - DOT: the bytes of a small drawing, hostile names read back by a
 * reader of DOT written here, and, where it is installed, by Graphviz itself.
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

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NODE(i, l, t, c, m) { .id = (i), .label = (l), .tooltip = (t), .cluster = (c), .mark = (m) }
#define EDGE(f, t, w, tip, m) { \
	.from = (f), .to = (t), .weight = (w), .tooltip = (tip), .mark = (m), \
}
#define DRAWING(t, c, n, e, nc, nn, ne) { \
	.title = (t), .cluster = (c), .node = (n), .edge = (e), \
	.nclusters = (nc), .nnodes = (nn), .nedges = (ne), \
}

static char *draw(const struct drawing *d, size_t *ret_len)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct err err = ERR_INIT;

	assert_int_equal(draw_dot(d, out, &err), 0);
	fclose(out);
	if (ret_len)
		*ret_len = len;
	return text;
}

/* What follows the defaults. */
static const char small_drawing[] =
	"\tsubgraph cluster_tools {\n"
	"\t\tgraph [class=cluster,\n"
	"\t\t\tcolor=\"#c3cbd3\",\n"
	"\t\t\tfillcolor=\"#f6f8fa\",\n"
	"\t\t\tid=c1,\n"
	"\t\t\tlabel=<<FONT POINT-SIZE=\"14\"><B>example.com/tools</B></FONT>>,\n"
	"\t\t\tstyle=\"rounded,filled\",\n"
	"\t\t\ttooltip=tools\n"
	"\t\t];\n"
	"\t\ttools\t[id=n2,\n"
	"\t\t\tlabel=<<FONT POINT-SIZE=\"11\"><B>tools</B></FONT>>];\n"
	"\t\ttools_test\t[class=test,\n"
	"\t\t\tid=n3,\n"
	"\t\t\tlabel=<<FONT POINT-SIZE=\"11\"><B>tools_test</B></FONT>>,\n"
	"\t\t\tstyle=\"rounded,filled,dashed\"];\n"
	"\t}\n"
	"\t\"internal/order\"\t[class=cycle,\n"
	"\t\tcolor=\"#D55E00\",\n"
	"\t\tfillcolor=\"#fdebdf\",\n"
	"\t\tid=n1,\n"
	"\t\tlabel=<<FONT POINT-SIZE=\"9\" "
	"COLOR=\"#59636e\">internal/</FONT><BR/><FONT POINT-SIZE=\"11\"><B>order</B></FONT>>,\n"
	"\t\tpenwidth=2.5,\n"
	"\t\ttooltip=\"12 files\"];\n"
	"\t\"internal/order\" -> tools\t[class=cycle,\n"
	"\t\tcolor=\"#D55E00\",\n"
	"\t\tid=e1,\n"
	"\t\tpenwidth=2,\n"
	"\t\ttooltip=\"a.go:1:2\\nb.go:3:4\"];\n"
	"\ttools -> \"internal/order\"\t[color=\"#b9c1c9\",\n"
	"\t\tid=e3,\n"
	"\t\tpenwidth=2];\n"
	"\ttools_test -> tools\t[class=test,\n"
	"\t\tcolor=\"#6e7781\",\n"
	"\t\tid=e2,\n"
	"\t\tpenwidth=5,\n"
	"\t\tstyle=dashed];\n"
	"}\n";

static void a_small_drawing_is_these_bytes(void **state UNUSED)
{
	const struct draw_cluster cluster[] = { { .id = "tools", .label = "example.com/tools" } };
	const struct draw_node node[] = {
		NODE("internal/order", "internal/order", "12 files", ID_NONE, MARK_CYCLE),
		NODE("tools", "tools", NULL, 0, MARK_NONE),
		{ .id = "tools_test", .label = "tools_test", .kind = KIND_TEST },
	};
	const struct draw_edge edge[] = {
		EDGE(0, 1, 1, "a.go:1:2\nb.go:3:4", MARK_CYCLE),
		{ .from = 2, .to = 1, .weight = 1000, .kind = KIND_TEST },
		EDGE(1, 0, 4, "", MARK_NONE),
	};
	const struct drawing d = DRAWING("shop", cluster, node, edge, 1, 3, 3);
	char *text = draw(&d, NULL);

	const char *body = strstr(text, "\tsubgraph cluster_tools");

	assert_non_null(body);
	assert_string_equal(body, small_drawing);
	free(text);
}

/* A reader of DOT: one token from *p; quotes come off as lib/cgraph/scan.l takes them off. */
static char *token(struct arena *a, const char **p)
{
	const char *s = *p + strspn(*p, " \t\r\n");
	char *out = arena_alloc(a, strlen(s) + 2, 1);
	size_t n = 0;

	if (*s == '"') {
		for (s++; *s && *s != '"'; s++) {
			assert_true((unsigned char)*s >= 0x20 && *s != 0x7f);
			if (s[0] == '\\' && s[1] == '"')
				s++;
			else if (s[0] == '\\' && s[1] == '\\')
				out[n++] = *s++;
			out[n++] = *s;
		}
		assert_int_equal(*s, '"');
		s++;
	} else if (*s == '<') {
		/* HTML-like: tags go, what is between them stays. */
		unsigned depth = 1;

		for (s++; *s && depth; s++) {
			depth += (*s == '<') - (*s == '>');
			if (depth == 1 && *s != '>')
				out[n++] = *s;
		}
	} else {
		size_t bare = strcspn(s, " \t\r\n[]{}=,;>\"");

		n = bare ? bare : *s ? 1 : 0;
		memcpy(out, s, n);
		s += n;
	}
	*p = s;
	return out;
}

/* The label of the first node named `id` that has one. */
static const char *label_of(struct arena *a, const char *dot, const char *id)
{
	/* The defaults of nodes and edges look like nodes called node and edge. */
	const char *defaults = strstr(dot, "\n\tedge [");
	const char *p = defaults ? strstr(defaults, "];") : NULL;

	assert_non_null(p);
	for (p += 2; *p;) {
		const char *t = token(a, &p);
		const char *ahead = p;

		if (strcmp(t, id) || strcmp(token(a, &ahead), "["))
			continue;
		for (;;) {
			const char *name = token(a, &ahead);

			assert_string_equal(token(a, &ahead), "=");
			const char *value = token(a, &ahead);

			if (!strcmp(name, "label"))
				return value;
			if (strcmp(token(a, &ahead), ","))
				break;
		}
	}
	return NULL;
}

/* The text of an HTML-like label: entities come off. */
static const char *shown(struct arena *a, const char *s)
{
	static const char *const entity[][2] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&#39;", "'" },
	};
	char *out = arena_alloc(a, strlen(s) + 1, 1);

	for (size_t n = 0; *s; n++) {
		out[n] = *s;
		for (unsigned i = 0; i < ARRAY_SIZE(entity); i++)
			if (!strncmp(s, entity[i][0], strlen(entity[i][0]))) {
				out[n] = *entity[i][1];
				s += strlen(entity[i][0]) - 1;
				break;
			}
		s++;
	}
	return out;
}

#define NAMES 3000
#define NAME_BYTES 12

/* Names out of the bytes that hurt, all different. */
static void fill_names(char name[NAMES][NAME_BYTES + 1])
{
	static const char *const nasty[] = {
		"a", "\"", "\\", "\n", "<", ">", "\\N", "&", ";", "&lt;", "%", "=", "\x1b",
		"\x7f", "\xff", "\xc3\xa9", "\xe2\x80\xae", "node", "{", "}", "|", "-", "1", ".",
		" ", "\xc3", "#", "/", "-.", "graph",
	};
	uint64_t x = 1;

	for (uint32_t i = 0; i < NAMES; i++) {
		char *s = name[i];
		size_t n = 0;

		s[0] = '\0';
		for (unsigned parts = i < ARRAY_SIZE(nasty) ? 1 : 2 + i % 3; parts--;) {
			x = x * UINT64_C(6364136223846793005) + 1442695040888963407u;
			size_t any = (x >> 33) % ARRAY_SIZE(nasty);
			const char *part = nasty[i < ARRAY_SIZE(nasty) ? i : any];

			if (n + strlen(part) <= NAME_BYTES)
				memcpy(s + n, part, strlen(part) + 1);
			n = strlen(s);
		}
	}
}

static struct drawing hostile_drawing(char name[NAMES][NAME_BYTES + 1], struct draw_node *node,
				      struct draw_edge *edge)
{
	for (uint32_t i = 0; i < NAMES; i++) {
		node[i] = (struct draw_node)NODE(name[i], name[i], name[i], ID_NONE, MARK_NONE);
		edge[i] = (struct draw_edge)EDGE(i, (i + 1) % NAMES, i, name[i], MARK_NONE);
	}
	return (struct drawing)DRAWING("<b>%\\G\"", NULL, node, edge, 0, NAMES, NAMES);
}

static void ids_are_injective_and_hostile_labels_survive(void **state UNUSED)
{
	static char name[NAMES][NAME_BYTES + 1];
	static struct draw_node node[NAMES];
	static struct draw_edge edge[NAMES];
	struct arena a = ARENA_INIT, scratch = ARENA_INIT;
	struct symtab ids, names;

	fill_names(name);
	symtab_init(&ids, &a);
	symtab_init(&names, &a);
	for (uint32_t i = 0; i < NAMES; i++) {
		const char *id = dot_id(&a, name[i]);
		uint32_t before = ids.count, before_names = names.count;

		assert_true(id[0] && id[0] != '%');
		sym_from(&ids, id);
		sym_from(&names, name[i]);
		assert_int_equal(ids.count - before, names.count - before_names);
	}
	/* The one text that names.count does not see. */
	assert_string_equal(dot_id(&a, ""), "=");
	assert_true(names.count > NAMES / 2);

	struct drawing d = hostile_drawing(name, node, edge);

	d.nedges = 0;
	for (uint32_t i = 0; i < 300; i++) {
		d.node = &node[i * 10];
		d.nnodes = 10;
		char *dot = draw(&d, NULL);

		for (uint32_t n = 0; n < 10; n++) {
			const char *text = d.node[n].label;
			const char *label = label_of(&scratch, dot, dot_id(&scratch, text));

			assert_non_null(label);
			assert_string_equal(shown(&scratch, label),
					    *text ? text_escape(&scratch, text) : " ");
		}
		free(dot);
		arena_reset(&scratch);
	}
	symtab_release(&ids);
	symtab_release(&names);
	arena_release(&a);
	arena_release(&scratch);
}

static void tooltips_have_no_escape_but_line_breaks(void **state UNUSED)
{
	static char name[NAMES][NAME_BYTES + 1];
	struct arena a = ARENA_INIT;

	fill_names(name);
	assert_string_equal(dot_tooltip(&a, "a\\N\nb\x1b&lt;"),
			    "a\xe2\xa7\xb5N\\nb\xe2\xa7\xb5x1b&amp;lt;");
	for (uint32_t i = 0; i < NAMES; i++) {
		const char *s = dot_tooltip(&a, name[i]);
		uint32_t breaks = 0;

		for (const char *p = name[i]; *p; p++)
			breaks += *p == '\n';
		for (; *s; s++) {
			assert_true((unsigned char)*s >= 0x20 && *s != 0x7f);
			if (*s == '\\') {
				assert_int_equal(s[1], 'n');
				breaks--;
			}
		}
		assert_int_equal(breaks, 0);
	}
	arena_release(&a);
}

static void equal_drawings_are_equal_bytes(void **state UNUSED)
{
	static char name[NAMES][NAME_BYTES + 1];
	static struct draw_node node[NAMES];
	static struct draw_edge edge[NAMES];
	size_t len_a, len_b;

	fill_names(name);
	struct drawing d = hostile_drawing(name, node, edge);
	char *a = draw(&d, &len_a), *b = draw(&d, &len_b);

	assert_int_equal(len_a, len_b);
	assert_memory_equal(a, b, len_a);
	free(a);
	free(b);
}

/* The path of a tool, or NULL: popen() would print its own complaint. */
static const char *find_tool(struct arena *a, const char *name)
{
	const char *path = getenv("PATH");

	while (path && *path) {
		size_t n = strcspn(path, ":");
		const char *file = arena_printf(a, "%.*s/%s", (int)n, path, name);

		if (!access(file, X_OK))
			return file;
		path += n + (path[n] == ':');
	}
	return NULL;
}

static void graphviz_reads_hostile_names(void **state UNUSED)
{
	static char name[NAMES][NAME_BYTES + 1];
	static struct draw_node node[NAMES];
	static struct draw_edge edge[NAMES];
	struct arena a = ARENA_INIT;
	const char *gvpr = find_tool(&a, "gvpr");
	char path[] = "/tmp/meshctl-test-draw-XXXXXX", line[4096];
	struct err err = ERR_INIT;

	if (!gvpr) {
		arena_release(&a);
		skip();
	}
	int fd = mkstemp(path);
	FILE *f = fdopen(fd, "w");

	assert_non_null(f);
	fill_names(name);
	const struct drawing d = hostile_drawing(name, node, edge);

	assert_int_equal(draw_dot(&d, f, &err), 0);
	assert_int_equal(fclose(f), 0);
	/* A complaint is not among the names that are wanted, nor is a node too many. */
	FILE *in = popen(arena_printf(&a, "%s 'N{print(name)}' %s 2>&1", gvpr, path), "r");

	struct symtab seen, want;

	symtab_init(&seen, &a);
	symtab_init(&want, &a);
	for (uint32_t i = 0; i < NAMES; i++)
		sym_from(&want, dot_id(&a, name[i]));
	while (fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		assert_int_not_equal(sym_find(&want, line, strlen(line)).v, 0);
		sym_from(&seen, line);
	}
	assert_int_equal(pclose(in), 0);
	assert_int_equal(seen.count, want.count);
	symtab_release(&seen);
	symtab_release(&want);
	unlink(path);
	arena_release(&a);
}

static void clusters_are_written_in_order(void **state UNUSED)
{
	static char name[200][16];
	struct draw_cluster cluster[200];
	struct draw_node node[200];
	const struct drawing d = DRAWING("g", cluster, node, NULL, 200, 200, 0);

	for (uint32_t i = 0; i < 200; i++) {
		snprintf(name[i], sizeof(name[i]), "m%u", 997 * i % 200);
		cluster[i] = (struct draw_cluster){ .id = name[i], .label = name[i] };
		node[i] = (struct draw_node)NODE(name[i], name[i], "", i, MARK_NONE);
	}
	char *text = draw(&d, NULL), *at = text;

	for (uint32_t i = 0; i < 200; i++) {
		char begins[32];

		snprintf(begins, sizeof(begins), "cluster_m%u {", 997 * i % 200);
		at = strstr(at, begins);
		assert_non_null(at);
	}
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
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(draw_dot(&d, full, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	fclose(full);
	/* Buffered as well: libcgraph flushes at the end. */
	full = fopen("/dev/full", "w");
	err = (struct err)ERR_INIT;
	assert_int_equal(draw_dot(&d, full, &err), -1);
	fclose(full);
}

static void each_mark_has_a_class_and_a_colour(void **state UNUSED)
{
	static const struct {
		enum draw_mark mark;
		enum draw_kind kind;
		const char *class, *color, *style;
	} looks[] = {
		{ MARK_CYCLE, KIND_PLAIN, "cycle", "#D55E00", "penwidth=2.5" },
		{ MARK_CYCLE, KIND_TEST, "cycle", "#D55E00", "dashed" },
		{ MARK_NONE, KIND_TEST, "test", "#6e7781", "dashed" },
		{ MARK_CUT, KIND_PLAIN, "cut", "#D55E00", "penwidth=2.5" },
		{ MARK_PATH, KIND_PLAIN, "path", "#0072B2", "penwidth=2.5" },
		{ MARK_NONE, KIND_OUTSIDE, "outside", "#6e7781", "style=filled" },
		{ MARK_NONE, KIND_GROUP, "group", "#6e7781", "shape=folder" },
		{ MARK_ADDED, KIND_PLAIN, "added", "#00805d", "penwidth=2.5" },
		{ MARK_REMOVED, KIND_PLAIN, "removed", "#6e7781", "dashed" },
		{ MARK_FORBIDDEN, KIND_PLAIN, "forbidden", "#D55E00", "penwidth=2.5" },
	};

	for (unsigned i = 0; i < ARRAY_SIZE(looks); i++) {
		const struct draw_node node[] = { {
			.id = "a", .label = "a", .cluster = ID_NONE, .mark = looks[i].mark,
			.kind = looks[i].kind,
		} };
		const struct drawing d = DRAWING("g", NULL, node, NULL, 0, 1, 0);
		char *text = draw(&d, NULL), want[60];
		const char *rest = strstr(text, "id=n1");

		assert_non_null(rest);
		snprintf(want, sizeof(want), "[class=%s,", looks[i].class);
		assert_non_null(strstr(text, want));
		snprintf(want, sizeof(want), "color=\"%s\",", looks[i].color);
		if (!strstr(text, want))
			fail_msg("no '%s' in:\n%s", want, text);
		if (looks[i].style && !strstr(rest, looks[i].style))
			fail_msg("no '%s' in:\n%s", looks[i].style, text);
		free(text);
	}
}

static void an_empty_drawing_is_a_graph(void **state UNUSED)
{
	const struct drawing d = { 0 };
	char *text = draw(&d, NULL);

	assert_memory_equal(text, "digraph ", 8);
	assert_non_null(strstr(text, "}\n"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_drawing_is_these_bytes),
		cmocka_unit_test(ids_are_injective_and_hostile_labels_survive),
		cmocka_unit_test(tooltips_have_no_escape_but_line_breaks),
		cmocka_unit_test(equal_drawings_are_equal_bytes),
		cmocka_unit_test(graphviz_reads_hostile_names),
		cmocka_unit_test(clusters_are_written_in_order),
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(each_mark_has_a_class_and_a_colour),
		cmocka_unit_test(an_empty_drawing_is_a_graph),
	};

	return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
