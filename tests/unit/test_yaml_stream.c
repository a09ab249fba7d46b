/* SPDX-License-Identifier: MIT */
/*
 * test_yaml_stream.c - streams cut into documents as libyaml cuts them, lines and columns
 * of each as in the whole stream; any bytes; manifests that a descriptor gives.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"
#include "graph/source/manifests/manifests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define ROUNDS 4000
#define DOCS_MAX 32

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* ---- against libyaml ---- */

struct doc { size_t line, col; };

/* Where the roots of the documents stand that are more than nothing; UINT32_MAX: it refuses. */
static uint32_t by_libyaml(const char *text, size_t len, struct doc doc[DOCS_MAX])
{
	yaml_parser_t parser;
	yaml_event_t event;
	uint32_t n = 0;
	bool root = false, end = false;

	assert_true(yaml_parser_initialize(&parser));
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	while (!end) {
		if (!yaml_parser_parse(&parser, &event)) {
			n = UINT32_MAX;
			break;
		}
		bool nothing = event.type == YAML_SCALAR_EVENT && !event.data.scalar.length &&
			       event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

		if (root && !nothing && n < DOCS_MAX)
			doc[n++] = (struct doc){ event.start_mark.line + 1,
						 event.start_mark.column + 1 };
		root = event.type == YAML_DOCUMENT_START_EVENT;
		end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return n;
}

/* What streams are made of: lines that matter to who cuts them, and lines that look so. */
static const char *const pieces[] = {
	"a: 1\n", "b: [x, 'y']\n", "- p\n- q: r\n", "text: |\n  ---\n  ...\n  %no\n",
	"more: >-\n   --- folded\n", "'quoted'\n", "# a comment\n", "  # another\n", "\n", " \n",
	"k: \"--- in quotes\"\n", "key: ---x\n", "{f: [1, 2]}\n",
};
static const char *const marks[] = {
	"---\n", "---\n", "---\n", "--- # comment\n", "---   \n", "...\n---\n", "---\n---\n",
	"...\n# between\n---\n", "--- x\n", "--- {a: b}\n", "--- ''\n", "--- ~\n", "---\r\n",
	"...\n", "...\n%YAML 1.1\n---\n", "---\t\n",
};

static size_t make(uint64_t *seed, char *out, size_t cap)
{
	uint32_t docs = next(seed) % 6;
	size_t n = 0;

	for (uint32_t d = 0; d <= docs; d++) {
		uint32_t count = next(seed) % 3;

		for (uint32_t i = 0; i < count; i++) {
			const char *piece = pieces[next(seed) % ARRAY_SIZE(pieces)];

			/* No two keys of a document are equal. */
			if (*piece >= 'a' && *piece <= 'z')
				n += (size_t)snprintf(out + n, cap - n, "k%u", i);
			n += (size_t)snprintf(out + n, cap - n, "%s", piece);
		}
		if (d < docs)
			n += (size_t)snprintf(out + n, cap - n, "%s",
					      marks[next(seed) % ARRAY_SIZE(marks)]);
	}
	/* The last line need not end. */
	return n && next(seed) % 4 == 0 ? n - 1 : n;
}

static void documents_as_libyaml_has_them(void **state UNUSED)
{
	uint64_t seed = 7;
	uint32_t judged = 0, several = 0;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		char text[2048];
		size_t len = make(&seed, text, sizeof(text));
		struct doc doc[DOCS_MAX];
		uint32_t want = by_libyaml(text, len, doc), n = 0;
		struct yaml_stream s = { .bytes = text, .len = len, .line = 1 };
		struct arena a = ARENA_INIT;
		struct yaml_part p;

		/* What is no stream to libyaml may be cut anyhow. */
		if (want == UINT32_MAX)
			continue;
		judged++;
		several += want > 1;
		for (; yaml_next_part(&s, &p); n++) {
			struct err err = ERR_INIT;
			struct yaml_node *root = NULL;

			if (n < want)
				(void)yaml_read_part("f", p.bytes, p.len, p.line, &a, &root, &err);
			if (!root) {
				fail_msg("round %u: part %u of %u: %s\n%.*s", round, n, want,
					 err.msg, (int)len, text);
				return;
			}
			if (root->line != doc[n].line || root->col != doc[n].col)
				fail_msg("round %u: part %u stands at %u:%u, not %zu:%zu\n%.*s",
					 round, n, root->line, root->col, doc[n].line, doc[n].col,
					 (int)len, text);
		}
		if (n != want)
			fail_msg("round %u: %u parts, not %u\n%.*s", round, n, want, (int)len,
				 text);
		arena_release(&a);
	}
	/* The test is none where libyaml takes nothing. */
	assert_true(judged > ROUNDS / 4);
	assert_true(several > ROUNDS / 16);
}

/* ---- any bytes ---- */

static void any_bytes_end(void **state UNUSED)
{
	static const char letters[] = "-.-.-.\n\n\r %#:ax\t\"'|{[\0\xff";
	uint64_t seed = 11;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		char text[256] = { 0 };
		size_t len = next(&seed) % sizeof(text), last = 0, at = 0;
		struct yaml_stream s = { .bytes = text, .len = len, .line = 1 };
		struct yaml_part p;
		uint32_t line = 1;

		for (size_t i = 0; i < len; i++)
			text[i] = letters[next(&seed) % (sizeof(letters) - 1)];
		while (yaml_next_part(&s, &p)) {
			size_t begin = (size_t)(p.bytes - text);

			assert_true(begin >= last && p.len && begin + p.len <= len);
			for (; at < begin; at++)
				line += text[at] == '\n';
			assert_int_equal(p.line, line);
			assert_true(!begin || text[begin - 1] == '\n');
			last = begin + p.len;
		}
		assert_int_equal(s.at, len);
	}
}

/* ---- manifests from a descriptor ---- */

static void manifests_of_a_descriptor(void **state UNUSED)
{
	static const char text[] = "# head\n---\n"
				   "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
				   "---\napiVersion: v1\nkind: [\n"
				   "---\njust: text\n"
				   "---\napiVersion: v1\nkind: List\nitems:\n"
				   "- apiVersion: v1\n  kind: Service\n  metadata: {name: b}\n"
				   "- apiVersion: v1\n  kind: Service\n  metadata: {name: c}\n"
				   "---\napiVersion: v1\nkind: Service\nmetadata: {{ .name }}\n";
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct manifests m;
	FILE *f = tmpfile();

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0 && !fflush(f) && !fseek(f, 0, SEEK_SET));
	assert_int_equal(manifests_read_fd(fileno(f), "<in>", &a, &m, &err), 0);
	assert_int_equal(m.files, 1);
	assert_int_equal(m.documents, 5);
	assert_int_equal(m.count, 3);
	assert_int_equal(m.templates, 0);
	/* What a program wrote is no template: both are broken. */
	assert_int_equal(m.nproblems, 2);
	assert_string_equal(m.item[0].name, "a");
	assert_string_equal(m.item[0].path, "<in>");
	assert_int_equal(m.item[0].name_at->line, 5);
	assert_int_equal(m.item[0].name_at->col, 18);
	assert_string_equal(m.item[1].name, "b");
	assert_int_equal(m.item[1].root->line, 15);
	assert_int_equal(m.item[1].root->col, 3);
	assert_string_equal(m.item[2].name, "c");
	fclose(f);
	/* Nothing, and nothing to read from. */
	f = tmpfile();
	assert_non_null(f);
	assert_int_equal(manifests_read_fd(fileno(f), "<in>", &a, &m, &err), 0);
	assert_int_equal(m.count + m.documents + m.nproblems, 0);
	fclose(f);
	assert_int_equal(manifests_read_fd(-1, "<in>", &a, &m, &err), -1);
	assert_non_null(strstr(err.msg, "cannot read '<in>': "));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_as_libyaml_has_them),
		cmocka_unit_test(any_bytes_end),
		cmocka_unit_test(manifests_of_a_descriptor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
