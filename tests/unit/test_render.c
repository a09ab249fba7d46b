/* SPDX-License-Identifier: MIT */
/*
 * test_render.c - children that hang, crash, complain, send too little or too much: each is
 * an error with a cause, soon, and nothing of their picture is passed on.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "graph/draw/render.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void begin(FILE *out)
{
	const struct render_head head = { .magic = RENDER_MAGIC, .percent = 75 };

	fwrite(&head, sizeof(head), 1, out);
}

static int draws(const struct render_job *job, const struct render_limits *limits UNUSED, FILE *out)
{
	begin(out);
	printf("for nobody");
	return fputs(job->dot, out) < 0;
}

static int hangs(const struct render_job *job UNUSED, const struct render_limits *limits UNUSED,
		 FILE *out)
{
	begin(out);
	fputs("half", out);
	fflush(out);
	while (pause() < 0)
		;
	return EXIT_FAILURE;
}

static int crashes(const struct render_job *job UNUSED, const struct render_limits *limits UNUSED,
		   FILE *out)
{
	begin(out);
	fputs("half", out);
	fflush(out);
	abort();
}

static int complains(const struct render_job *job UNUSED,
		     const struct render_limits *limits UNUSED, FILE *out)
{
	begin(out);
	fputs("no \x1b[31mplugin\nsecond line\n", stderr);
	return EXIT_FAILURE;
}

static int is_silent(const struct render_job *job UNUSED,
		     const struct render_limits *limits UNUSED, FILE *out UNUSED)
{
	return EXIT_SUCCESS;
}

static int floods(const struct render_job *job UNUSED, const struct render_limits *limits UNUSED,
		  FILE *out)
{
	begin(out);
	while (putc('x', out) != EOF)
		;
	return EXIT_FAILURE;
}

static const struct row {
	const char *name;
	render_fn *draw;
	int status;
	enum err_code code;
	const char *says;               /* part of the message, or the picture */
} rows[] = {
	{ "draws", draws, 0, ERR_NONE, "digraph {}" },
	{ "hangs", hangs, -1, ERR_LIMIT, "not ready after 1 seconds" },
	{ "crashes", crashes, -1, ERR_SYSTEM, "crashed with signal 6" },
	{ "complains", complains, -1, ERR_SYSTEM, "no picture: no \\x1b[31mplugin" },
	{ "is silent", is_silent, -1, ERR_SYSTEM, "wrote none" },
	{ "floods", floods, -1, ERR_LIMIT, "more than 1 MB" },
};

static void *warm(void)
{
	static char done[] = "digraph {}";

	return done;
}

static int draw_one(unsigned i, bool early, const struct render_job *job,
		    const struct render_limits *limits, FILE *out, uint32_t *percent,
		    struct err *err)
{
	if (!early)
		return render_run(rows[i].draw, job, limits, out, percent, err);
	struct render_child *c = render_start(rows[i].draw, warm, limits, err);

	assert_non_null(c);
	return render_finish(c, job, out, percent, err);
}

static void survive(bool early)
{
	const struct render_job job = { .dot = "digraph {}", .format = "svg" };

	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
		struct render_limits limits = render_limits();
		struct err err = ERR_INIT;
		uint32_t percent = 0;
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		limits.seconds = rows[i].draw == hangs ? 1 : 20;
		limits.bytes = 1 << 20;
		int rc = draw_one(i, early, &job, &limits, out, &percent, &err);

		fclose(out);
		if (rc != rows[i].status || err.code != rows[i].code)
			fail_msg("%s: %d, %s", rows[i].name, rc, err.msg);
		if (!strstr(rc ? err.msg : text, rows[i].says))
			fail_msg("%s: '%s'", rows[i].name, rc ? err.msg : text);
		assert_int_equal(len, rc ? 0 : strlen(rows[i].says));
		assert_int_equal(percent, rc ? 0 : 75);
		free(text);
	}
}

static void children_are_survived(void **state UNUSED)
{
	survive(false);
}

static void early_children_are_survived(void **state UNUSED)
{
	survive(true);
}

/* What is drawn is what was sent, whole, and what was done before is there. */
static int repeats(const struct render_job *job, const struct render_limits *limits UNUSED,
		   FILE *out)
{
	const struct render_head head = { .magic = RENDER_MAGIC, .percent = 50 };

	fwrite(&head, sizeof(head), 1, out);
	fprintf(out, "%s %d %s %s", job->format, job->bitmap, (const char *)job->warm, job->dot);
	return EXIT_SUCCESS;
}

static void *hang(void)
{
	pause();
	return NULL;
}

static void much_is_sent(void **state UNUSED)
{
	const struct render_limits limits = render_limits();
	size_t most = 3 << 20, len = 0;
	char *text = malloc(most + 1), *got = NULL, *wanted = malloc(most + 64);
	struct err err = ERR_INIT;
	uint32_t percent = 0;

	assert_true(text && wanted);
	for (size_t i = 0; i < most; i++)
		text[i] = (char)('a' + i % 26);
	text[most] = '\0';
	const struct render_job job = { .dot = text, .format = "png:cairo", .bitmap = true };
	FILE *out = open_memstream(&got, &len);
	struct render_child *c = render_start(repeats, warm, &limits, &err);

	assert_non_null(c);
	assert_int_equal(render_finish(c, &job, out, &percent, &err), 0);
	fclose(out);
	assert_int_equal(percent, 50);
	assert_int_equal(snprintf(wanted, most + 64, "png:cairo 1 digraph {} %s", text), len);
	assert_memory_equal(wanted, got, len);
	free(text);
	free(got);
	free(wanted);
}

/* Nobody wants them: neither waits for the other. */
static void dropped(void **state UNUSED)
{
	const struct render_limits limits = render_limits();
	struct err err = ERR_INIT;

	render_drop(render_start(repeats, warm, &limits, &err));
	render_drop(render_start(repeats, hang, &limits, &err));
	render_drop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_are_survived),
		cmocka_unit_test(early_children_are_survived),
		cmocka_unit_test(much_is_sent),
		cmocka_unit_test(dropped),
	};

	return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
