/* SPDX-License-Identifier: MIT */
/* test_json.c - the JSON stream: layout, escaping, numbers, nesting, failure. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/json.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sink {
	char *bytes;
	size_t len;
	FILE *file;
	struct json_out out;
};

static void sink_open(struct sink *s, enum json_style style)
{
	*s = (struct sink){ .bytes = NULL };
	s->file = open_memstream(&s->bytes, &s->len);
	assert_non_null(s->file);
	json_out_init(&s->out, s->file, style);
}

/* The caller frees it. */
static char *sink_close(struct sink *s)
{
	struct err err = ERR_INIT;

	assert_int_equal(json_out_finish(&s->out, &err), 0);
	fclose(s->file);
	return s->bytes;
}

static void a_stream_of_objects_looks_like_go_list(void **state)
{
	struct sink s;

	(void)state;
	sink_open(&s, JSON_INDENTED);
	for (int i = 0; i < 2; i++) {
		struct json *o = json_object(), *list = json_array(), *module = json_object();

		json_set_text(o, "Dir", "/src");
		json_set_text(module, "Path", "a.b/c");
		json_set_bool(module, "Main", true);
		json_set(o, "Module", module);
		json_push_text(list, "fmt");
		json_push_int(list, i);
		json_set(o, "Imports", list);
		json_set(o, "Empty", json_array());
		json_set(o, "None", json_object());
		json_set(o, "Null", NULL);
		json_out_value(&s.out, o);
	}
	char *text = sink_close(&s);

	assert_string_equal(text,
		"{\n\t\"Dir\": \"/src\",\n\t\"Module\": {\n\t\t\"Path\": \"a.b/c\",\n"
		"\t\t\"Main\": true\n\t},\n"
		"\t\"Imports\": [\n\t\t\"fmt\",\n\t\t0\n\t],\n"
		"\t\"Empty\": [],\n\t\"None\": {},\n\t\"Null\": null\n}\n"
		"{\n\t\"Dir\": \"/src\",\n\t\"Module\": {\n\t\t\"Path\": \"a.b/c\",\n"
		"\t\t\"Main\": true\n\t},\n"
		"\t\"Imports\": [\n\t\t\"fmt\",\n\t\t1\n\t],\n"
		"\t\"Empty\": [],\n\t\"None\": {},\n\t\"Null\": null\n}\n");
	free(text);
}

static void an_envelope_streams_its_array(void **state)
{
	static const char *const want[] = {
		[JSON_INDENTED] =
			"{\n\t\"schema\": 1,\n\t\"findings\": [\n\t\t{\n\t\t\t\"n\": 0\n"
			"\t\t},\n\t\t{\n\t\t\t\"n\": 1\n\t\t}\n\t],\n\t\"none\": [],\n"
			"\t\"error\": null,\n\t\"ok\": true\n}\n",
		[JSON_LINES] =
			"{\"schema\":1,\"findings\":[{\"n\":0},{\"n\":1}],\"none\":[],"
			"\"error\":null,\"ok\":true}\n",
	};

	(void)state;
	for (int style = JSON_INDENTED; style <= JSON_LINES; style++) {
		struct sink s;

		sink_open(&s, (enum json_style)style);
		json_out_open(&s.out, NULL, JSON_OBJECT);
		json_out_int(&s.out, "schema", 1);
		json_out_open(&s.out, "findings", JSON_ARRAY);
		for (int i = 0; i < 2; i++) {
			struct json *o = json_object();

			json_set_int(o, "n", i);
			json_out_value(&s.out, o);
		}
		json_out_close(&s.out);
		json_out_open(&s.out, "none", JSON_ARRAY);
		json_out_close(&s.out);
		json_out_text(&s.out, "error", NULL);
		json_out_bool(&s.out, "ok", true);
		json_out_close(&s.out);
		char *text = sink_close(&s);

		assert_string_equal(text, want[style]);
		free(text);
	}
}

static char *text_as_json(const char *raw)
{
	struct json *list = json_array();
	struct sink s;

	sink_open(&s, JSON_LINES);
	json_push_text(list, raw);
	json_out_value(&s.out, list);
	return sink_close(&s);
}

static void hostile_text_is_escaped(void **state)
{
	static const struct { const char *raw, *json; } row[] = {
		{ "a\"b\\c", "[\"a\\\"b\\\\c\"]\n" },
		{ "\033[31m\n\t\x01", "[\"\\u001b[31m\\n\\t\\u0001\"]\n" },
		{ "\x7f", "[\"\\u007f\"]\n" }, { "\xc2\x9b", "[\"\\u009b\"]\n" },
		{ "\xe2\x80\xae" "x\xe2\x81\xa6", "[\"\\u202ex\\u2066\"]\n" },
		{ "\xff" "a\xe8\xae", "[\"\xef\xbf\xbd" "a\xef\xbf\xbd\xef\xbf\xbd\"]\n" },
		{ "\xe8\xae\xa2\xe5\x8d\x95 {[,:]}", "[\"\xe8\xae\xa2\xe5\x8d\x95 {[,:]}\"]\n" },
		{ "\\u0041\\", "[\"\\\\u0041\\\\\"]\n" }, { "", "[\"\"]\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		char *text = text_as_json(row[i].raw);

		assert_string_equal(text, row[i].json);
		free(text);
	}
}

/* What a page holds between <script> and </script> cannot end it, and means the same. */
static void a_script_holds_no_markup(void **state)
{
	struct sink s;

	(void)state;
	sink_open(&s, JSON_SCRIPT);
	json_out_open(&s.out, NULL, JSON_OBJECT);
	json_out_text(&s.out, "a", "</script><!-- \"<\" \xe2\x80\xa8\xe2\x80\xae\xff");
	json_out_open(&s.out, "list", JSON_ARRAY);
	json_out_value(&s.out, NULL);
	json_out_close(&s.out);
	json_out_close(&s.out);
	char *text = sink_close(&s);

	assert_string_equal(text, "{\"a\":\"\\u003c/script>\\u003c!-- \\\"\\u003c\\\" "
			    "\\u2028\\u202e\xef\xbf\xbd\",\"list\":[null]}\n");
	free(text);
}

static void numbers_are_exact_in_any_locale(void **state)
{
	static const char *const locales[] = { "C", "de_DE.UTF-8", "fr_FR.UTF-8" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(locales); i++) {
		struct json *list = json_object();
		struct sink s;

		setlocale(LC_ALL, locales[i]);
		sink_open(&s, JSON_LINES);
		json_set_int(list, "a", INT64_MAX);
		json_set_int(list, "b", INT64_MIN);
		json_set_int(list, "c", 0);
		json_set_int(list, "d", 9007199254740993);
		json_set_real(list, "e", 1.5);
		json_set_real(list, "f", (double)NAN);
		json_set_real(list, "g", (double)INFINITY);
		json_out_value(&s.out, list);
		char *text = sink_close(&s);

		assert_string_equal(text,
				    "{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":0,"
				    "\"d\":9007199254740993,\"e\":1.5,\"f\":null,\"g\":null}\n");
		free(text);
	}
	setlocale(LC_ALL, "C");
}

/* Larger than any buffer to begin with. */
static void long_values_are_whole(void **state)
{
	enum { LEN = 3000000 };
	char *raw = malloc(LEN + 1);

	(void)state;
	memset(raw, 'x', LEN);
	raw[LEN] = '\0';
	char *text = text_as_json(raw);

	assert_int_equal(strlen(text), LEN + 5);
	assert_memory_equal(text + 2, raw, LEN);
	free(text);
	free(raw);
}

static void a_full_disk_is_an_error(void **state)
{
	struct err err = ERR_INIT;
	FILE *full = fopen("/dev/full", "w");
	struct json_out out;

	(void)state;
	if (!full)
		skip();
	json_out_init(&out, full, JSON_INDENTED);
	json_out_text(&out, NULL, "lost");
	assert_int_equal(json_out_finish(&out, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_non_null(strstr(err.msg, "cannot write"));
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_of_objects_looks_like_go_list),
		cmocka_unit_test(an_envelope_streams_its_array),
		cmocka_unit_test(hostile_text_is_escaped),
		cmocka_unit_test(a_script_holds_no_markup),
		cmocka_unit_test(numbers_are_exact_in_any_locale),
		cmocka_unit_test(long_values_are_whole),
		cmocka_unit_test(a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
