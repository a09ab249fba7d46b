/* SPDX-License-Identifier: MIT */
/*
 * metrics_functions.c - meshctl metrics functions: reads the bodies, chooses and
 * sorts the functions, and says how their numbers are spread.
 */
#include "cmd/metrics_functions.h"
#include "base/pool.h"
#include "base/text.h"
#include "cmd/measure.h"
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "graph/source/syntax.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEGRADED_PERCENT_MAX 1          /* of bodies; of headers it is report_status()'s affair */
#define BROKEN_NAMES 10u                /* files by name on stderr, the rest is counted */

static const struct writer {
	const char *format;
	int tool;                       /* enum complexity_walk: its own files; -1: the screen's */
	int (*write)(const struct functions *m, const struct output *o, struct err *err);
} writers[] = {
	{ "text", -1, functions_write_text },
	{ "json", -1, functions_write_json },
	{ "csv", -1, functions_write_csv },
	{ "gocyclo", WALK_GOCYCLO, functions_write_gocyclo },
	{ "gocognit", WALK_GOCOGNIT, functions_write_gocognit },
};

/* Above these the rules about functions speak up, where they are on. */
static const struct { enum metric_id metric; uint32_t limit; } spreads[] = {
	{ METRIC_CYCLOMATIC, 15 }, { METRIC_COGNITIVE, 15 }, { METRIC_NESTING, 4 },
	{ METRIC_LENGTH, 80 },     { METRIC_PARAMS, 7 },     { METRIC_STATEMENTS, 0 },
};
_Static_assert(ARRAY_SIZE(spreads) <= SPREADS_MAX, "spreads fit");

uint32_t function_value(const struct body_func *f, enum metric_id metric)
{
	switch (metric) {
	case METRIC_CYCLOMATIC:
		return f->cyclomatic;
	case METRIC_COGNITIVE:
		return f->cognitive;
	case METRIC_SONAR:
		return f->cognitive_sonar;
	case METRIC_NESTING:
		return f->nesting;
	case METRIC_LENGTH:
		return f->code + f->comments + f->blanks;
	case METRIC_PARAMS:
		return f->params;
	case METRIC_RESULTS:
		return f->results;
	case METRIC_STATEMENTS:
		return f->statements;
	case METRIC_CODE:
		return f->code;
	case METRIC_COMMENTS:
		return f->comments;
	case METRIC_BLANKS:
		return f->blanks;
	case METRIC_CA:
	case METRIC_CE:
	case METRIC_I:
	case METRIC_A:
	case METRIC_D:
	case METRIC_DEPTH:
	case METRIC_REACH:
	case METRIC_FILES:
	case METRIC_LINES:
	case METRIC_CCD:
	case METRIC_ACD:
	case METRIC_NCCD:
	case METRIC_PC:
	case METRIC_COUNT:
		break;
	}
	BUG("metric %d has no value for a function", (int)metric);
}

const char *function_path(const struct functions *m, const struct function *f, struct arena *arena)
{
	return source_file_path(m->source, f->file, arena);
}

static const struct writer *writer_of(const char *format)
{
	for (unsigned i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].format, format))
			return &writers[i];
	BUG("no writer for '%s'", format);
}

static int by_number(const void *va, const void *vb)
{
	const uint32_t *a = va, *b = vb;

	return *a < *b ? -1 : *a > *b;
}

/* Nearly all values are small: those are counted, and only the others sorted. */
struct ranks {
	uint32_t count[256];
	uint32_t *large;
	uint32_t nlarge;
};

static uint32_t value_at(const struct ranks *r, uint64_t rank)
{
	for (uint32_t v = 0; v < ARRAY_SIZE(r->count); v++) {
		if (rank < r->count[v])
			return v;
		rank -= r->count[v];
	}
	return r->large[rank];
}

static void measure_spread(struct spread *s, const struct function *row, uint32_t n)
{
	struct ranks r = { .large = xcalloc(n, sizeof(*r.large)) };
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t value = function_value(row[i].f, s->metric);

		if (value < ARRAY_SIZE(r.count))
			r.count[value]++;
		else
			r.large[r.nlarge++] = value;
		sum += value;
		s->over += s->limit && value > s->limit;
	}
	s->average = n ? (double)sum / n : NAN;
	if (n) {
		if (r.nlarge)
			qsort(r.large, r.nlarge, sizeof(*r.large), by_number);
		s->median = value_at(&r, (n - 1) / 2);
		s->p90 = value_at(&r, ((uint64_t)n * 90 + 99) / 100 - 1);
		s->p99 = value_at(&r, ((uint64_t)n * 99 + 99) / 100 - 1);
		s->largest = value_at(&r, n - 1);
	}
	free(r.large);
}

const struct metric *functions_limited(const struct functions *m)
{
	return m->sort ? m->sort : &metric_rows[METRIC_COGNITIVE];
}

static int by_name(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct function *a = va, *b = vb;

	return strcmp(body_text(a->body, a->f->name), body_text(b->body, b->f->name));
}

/* What a row is sorted by, beside each other: the rows themselves are all over the memory. */
struct key {
	uint32_t value[3];
	uint32_t row;
};

static int by_value(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct key *a = va, *b = vb;

	for (unsigned i = 0; i < ARRAY_SIZE(a->value); i++)
		if (a->value[i] != b->value[i])
			return a->value[i] < b->value[i] ? 1 : -1;
	return 0;
}

/* The rows come in the order of their files and places, and keep it where they are equal. */
static void sort_rows(const struct functions *m, struct function *row, uint32_t n)
{
	const enum metric_id by[] = {
		(enum metric_id)(functions_limited(m) - metric_rows), METRIC_COGNITIVE,
		METRIC_CYCLOMATIC,
	};

	if (!m->sort) {
		sort_with(row, n, sizeof(*row), by_name, NULL);
		return;
	}
	struct key *key = xcalloc(n, sizeof(*key));
	struct function *sorted = xcalloc(n, sizeof(*sorted));

	for (uint32_t i = 0; i < n; i++) {
		for (unsigned k = 0; k < ARRAY_SIZE(by); k++)
			key[i].value[k] = function_value(row[i].f, by[k]);
		key[i].row = i;
	}
	sort_with(key, n, sizeof(*key), by_value, NULL);
	for (uint32_t i = 0; i < n; i++)
		sorted[i] = row[key[i].row];
	if (n)
		memcpy(row, sorted, n * sizeof(*row));
	free(sorted);
	free(key);
}

static bool is_reported(const struct source *s, uint32_t f)
{
	return s->dir[s->file[f].dir.v].flags & DIR_REPORTED;
}

/* Files of the screen: not hidden ones; tests and what nobody wrote where they are asked for. */
static bool is_counted(const struct functions *m, uint32_t f)
{
	uint32_t flags = m->source->file[f].flags;

	return is_reported(m->source, f) && !(flags & FILE_HIDDEN) &&
	       (m->with_tests || !(flags & FILE_TEST)) && (m->all || !(flags & FILE_GENERATED));
}

static void count_left_out(struct functions *m, uint32_t f)
{
	uint32_t flags = m->source->file[f].flags;

	if (!is_reported(m->source, f) || flags & FILE_HIDDEN)
		return;
	if (flags & FILE_TEST && !m->with_tests)
		m->tests_out++;
	else
		m->generated_out++;
}

static void count_file(struct functions *m, uint32_t f, file_id *broken)
{
	const struct body *body = m->bodies->file[f];

	m->nfiles++;
	m->ngenerated += (m->source->file[f].flags & FILE_GENERATED) != 0;
	if (!body || body->status != SYNTAX_OK || m->source->file[f].flags & FILE_UNREADABLE)
		broken[m->nbroken++] = (file_id){ f };
	if (!body)
		return;
	m->code += body->code;
	m->comments += body->comments;
	m->blanks += body->blanks;
	m->nfunctions += body->nfuncs;
}

static void collect(struct functions *m, struct arena *arena)
{
	const struct source *s = m->source;
	file_id *broken = arena_array(arena, file_id, s->nfiles);
	uint32_t n = 0;

	for (uint32_t f = 0; f < s->nfiles; f++) {
		if (is_counted(m, f))
			count_file(m, f, broken);
		else
			count_left_out(m, f);
	}
	m->broken = broken;
	struct function *row = arena_array(arena, struct function, m->nfunctions);

	for (uint32_t f = 0; f < s->nfiles; f++) {
		const struct body *body = is_counted(m, f) ? m->bodies->file[f] : NULL;

		for (uint32_t i = 0; body && i < body->nfuncs; i++) {
			row[n++] = (struct function){ { f }, body, &body->func[i] };
			m->nliterals += (body->func[i].flags & FUNC_LITERAL) != 0;
		}
	}
	m->nspreads = ARRAY_SIZE(spreads);
	for (unsigned i = 0; i < m->nspreads; i++) {
		m->spread[i].metric = spreads[i].metric;
		m->spread[i].limit = spreads[i].limit;
		measure_spread(&m->spread[i], row, n);
	}
	enum metric_id metric = (enum metric_id)(functions_limited(m) - metric_rows);

	for (uint32_t i = 0; i < n; i++)
		if (!m->over || function_value(row[i].f, metric) > m->over)
			row[m->nrows++] = row[i];
	sort_rows(m, row, m->nrows);
	m->row = row;
}

/* The files whose bodies are read, in order: every one for the tools, which know no rules. */
static uint32_t choose_files(const struct functions *m, bool every, struct arena *arena,
			     const file_id **ret)
{
	const struct source *s = m->source;
	file_id *wanted = arena_array(arena, file_id, s->nfiles + 1);
	uint32_t n = 0;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (every ? is_reported(s, f) : is_counted(m, f))
			wanted[n++] = (file_id){ f };
	*ret = wanted;
	return n;
}

const char *function_trouble(const struct body *body)
{
	if (!body)
		return "cannot be read";
	switch ((enum syntax_status)body->status) {
	case SYNTAX_OK:                 /* read once and not the other time */
		return "its package clause cannot be read";
	case SYNTAX_ERROR:
		return "syntax error";
	case SYNTAX_STEPS:
		return "parsing it takes more than the limit syntax-steps";
	case SYNTAX_SIZE:
		return "larger than the limit syntax-bytes";
	}
	BUG("syntax status %u", body->status);
}

static void too_degraded(struct functions *m, uint64_t broken, uint32_t all, struct arena *arena)
{
	if (m->incomplete || broken * 100 <= (uint64_t)all * DEGRADED_PERCENT_MAX)
		return;
	m->incomplete = arena_printf(arena, "%s of %s cannot be read as Go, more than %d %%",
				     text_number(arena, broken),
				     text_count(arena, all, "file", "files"),
				     DEGRADED_PERCENT_MAX);
	m->status = EXIT_INCOMPLETE;
}

static void tell_one(const char *path, const struct body *body, uint32_t n)
{
	struct arena a = ARENA_INIT;

	if (n < BROKEN_NAMES) {
		fprintf(stderr, "meshctl: '%s'", text_escape(&a, path));
		if (body && body->error_line)
			fprintf(stderr, " (line %u)", body->error_line);
		fprintf(stderr, ": %s\n", function_trouble(body));
	}
	arena_release(&a);
}

/* Names the files of the widest walk that was asked for; the others are in it. */
static void tell_broken(const struct functions *m)
{
	const struct complexity_files *t = m->tool[WALK_GOCOGNIT] ? m->tool[WALK_GOCOGNIT] :
								    m->tool[WALK_GOCYCLO];
	struct arena a = ARENA_INIT;
	uint32_t n = 0;

	for (uint32_t i = 0; t && i < t->count; i++)
		if (!t->file[i].body || t->file[i].body->status != SYNTAX_OK)
			tell_one(t->file[i].path, t->file[i].body, n++);
	for (uint32_t i = 0; !t && i < m->nbroken; i++)
		tell_one(source_file_path(m->source, m->broken[i], &a),
			 m->bodies->file[m->broken[i].v], n++);
	if (n > BROKEN_NAMES)
		fprintf(stderr, "meshctl: and %s\n",
			text_count(&a, n - BROKEN_NAMES, "more file", "more files"));
	arena_release(&a);
}

static void judge_tool(struct functions *m, const struct complexity_files *t, struct arena *arena)
{
	uint32_t broken = 0;

	for (uint32_t i = 0; i < t->count; i++)
		broken += !t->file[i].body || t->file[i].body->status != SYNTAX_OK;
	if (!m->incomplete && t->problem) {
		m->incomplete = arena_strdup(arena, t->problem);
		m->status = EXIT_INCOMPLETE;
	}
	too_degraded(m, broken, t->count, arena);
}

static int choose(const struct run *run, struct functions *m, struct err *err)
{
	const struct settings *set = run->set;
	bool top = set->given & OPT_BIT(OPT_TOP);

	if (top && set->all)
		return err_set(err, ERR_USAGE, "--top and --all exclude each other");
	m->top = top ? set->top : UINT32_MAX;
	m->over = set->over;
	m->all = set->all;
	m->avg = set->avg;
	m->with_tests = set->tests;
	return measure_choose_sort(set, METRIC_COGNITIVE, &m->sort, err);
}

static int read_bodies(const struct session *session, struct run *run, struct functions *m,
		       struct bodies **ret, struct err *err)
{
	unsigned jobs = run->set->jobs ? run->set->jobs : pool_default_workers();
	bool tool = false, screen = false;
	const file_id *wanted;

	for (unsigned i = 0; i < run->noutputs; i++) {
		int walk = writer_of(run->output[i].format)->tool;

		tool |= walk >= 0;
		screen |= walk < 0;
	}
	uint32_t n = choose_files(m, tool, run->arena, &wanted);

	if (session_bodies(session, run->set, wanted, n, ret, err))
		return -1;
	m->bodies = *ret;
	collect(m, run->arena);
	if (screen)
		too_degraded(m, m->nbroken, m->nfiles, run->arena);
	if (screen && !m->incomplete && !m->nfiles) {
		m->incomplete = m->tests_out ?
				"what is nothing but tests is measured with --tests" :
				"what is nothing but generated is measured with --all";
		m->status = EXIT_INCOMPLETE;
	}
	for (unsigned i = 0; i < run->noutputs; i++) {
		int walk = writer_of(run->output[i].format)->tool;

		if (walk < 0 || m->tool[walk])
			continue;
		m->tool[walk] = arena_new(run->arena, struct complexity_files);
		complexity_files_read(m->source, *ret, (enum complexity_walk)walk,
				      jobs < POOL_MAX_WORKERS ? jobs : POOL_MAX_WORKERS,
				      m->tool[walk]);
		judge_tool(m, m->tool[walk], run->arena);
	}
	return 0;
}

int metrics_functions(struct run *run, struct err *err)
{
	const struct session_wish wish = { .graph = false };
	struct functions m = { 0 };
	struct bodies *bodies = NULL;
	struct session session;
	int rc;

	if (choose(run, &m, err) || session_open(run, &wish, &session, err))
		return -1;
	const struct report work = { .source = session.source };

	m.source = session.source;
	m.status = report_status(&work, run->arena, &m.incomplete);
	rc = read_bodies(&session, run, &m, &bodies, err);
	for (unsigned i = 0; !rc && i < run->noutputs; i++)
		rc = writer_of(run->output[i].format)->write(&m, &run->output[i], err);
	if (!rc && m.incomplete)
		session_doubts(&session, run->set, m.incomplete);
	if (!rc && !run->set->quiet)
		tell_broken(&m);
	for (unsigned i = 0; i < ARRAY_SIZE(m.tool); i++)
		if (m.tool[i])
			complexity_files_release(m.tool[i]);
	if (bodies)
		bodies_release(bodies);
	session_close(&session);
	return rc ? rc : (int)m.status;
}
