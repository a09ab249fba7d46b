/* SPDX-License-Identifier: MIT */
/* test_plot.c - what is not known is a gap, axes that do not begin at 0 say so, texts are text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/draw/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *marked(const double *value, uint32_t n, const char *title, uint32_t from,
		    uint32_t to)
{
	int64_t time[8] = { 0 };
	const struct plot_series s = { .title = title, .id = "s", .value = value,
				       .mark_from = from, .mark_to = to };
	const struct plot p = { .title = title, .subtitle = "", .time = time, .npoints = n,
				.series = &s, .nseries = 1 };
	struct err err = ERR_INIT;
	char *text = NULL;
	size_t len;

	for (uint32_t i = 0; i < n; i++)
		time[i] = (int64_t)i * 604800;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	assert_int_equal(plot_svg(&p, out, &err), 0);
	fclose(out);
	return text;
}

static char *drawn(const double *value, uint32_t n, const char *title)
{
	return marked(value, n, title, 0, 0);
}

static unsigned count(const char *text, const char *word)
{
	unsigned n = 0;

	for (; (text = strstr(text, word)); text++)
		n++;
	return n;
}

/* Where the text "+3" of a mark stands. */
static double mark_x(const char *svg)
{
	const char *at = strstr(svg, ">+3<"), *x;

	assert_non_null(at);
	while (at > svg && strncmp(at, "<text", 5) != 0)
		at--;
	x = strstr(at, "x=\"");
	assert_non_null(x);
	return strtod(x + 3, NULL);
}

/* The last value and what it was stand on the right: a step that ends there is told left of it. */
static void marks_leave_room(void **state)
{
	const double last[] = { 0, 0, 1, 1, 4 }, middle[] = { 0, 3, 2, 4, 2 };
	char *a = marked(last, 5, "t", 3, 4), *b = marked(middle, 5, "t", 0, 1);
	const char *end = strstr(a, "<circle cx=\"");

	(void)state;
	assert_non_null(end);
	assert_true(mark_x(a) < strtod(end + 12, NULL));
	assert_true(mark_x(b) < strtod(end + 12, NULL));
	free(a);
	free(b);
}

static void gaps_break_the_line(void **state)
{
	const double whole[] = { 0, 1, 2, 3 }, gap[] = { 0, NAN, 2, 3 };
	char *a = drawn(whole, 4, "t"), *b = drawn(gap, 4, "t");
	const char *line = strstr(b, "stroke-width=\"2\"");

	(void)state;
	assert_int_equal(count(a, "<rect"), 1);         /* the ground alone */
	assert_int_equal(count(b, "<rect"), 2);
	assert_non_null(line);
	assert_null(strstr(b, "nan"));
	/* Two pieces: a point alone, and the rest. */
	assert_int_equal(count(b, "h0.1M"), 1);
	free(a);
	free(b);
}

static void axes_that_are_cut_say_so(void **state)
{
	const double low[] = { 0, 5, 9 }, high[] = { 100, 101, 103 }, flat[] = { 7, 7, 7 };
	char *a = drawn(low, 3, "t"), *b = drawn(high, 3, "t"), *c = drawn(flat, 3, "t");

	(void)state;
	assert_null(strstr(a, "does not begin at 0"));
	assert_non_null(strstr(b, "does not begin at 0"));
	assert_null(strstr(c, "does not begin at 0"));
	free(a);
	free(b);
	free(c);
}

static void nothing_known_is_said(void **state)
{
	const double none[] = { NAN, NAN };
	char *a = drawn(none, 2, "t"), *one = drawn((const double[]){ 4 }, 1, "t");

	(void)state;
	assert_non_null(strstr(a, "nothing is known of it"));
	assert_null(strstr(a, "<circle"));
	assert_non_null(strstr(one, "<circle"));
	assert_null(strstr(one, "nan"));
	free(a);
	free(one);
}

static void texts_are_no_markup(void **state)
{
	const double v[] = { 1, 2 };
	char *a = drawn(v, 2, "<b a=\"1\">&\x1b\xff");

	(void)state;
	assert_non_null(strstr(a, "&lt;b a=&quot;1&quot;&gt;&amp;\xef\xbf\xbd\xef\xbf\xbd"));
	assert_null(strstr(a, "<b"));
	free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_leave_room), cmocka_unit_test(gaps_break_the_line),
		cmocka_unit_test(axes_that_are_cut_say_so),
		cmocka_unit_test(nothing_known_is_said),
		cmocka_unit_test(texts_are_no_markup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
