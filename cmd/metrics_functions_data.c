/* SPDX-License-Identifier: MIT */
/*
 * metrics_functions_data.c - `meshctl metrics functions` for programs.
 * cmd/report/functions.schema.json describes the JSON.
 */
#include "base/json.h"
#include "base/text.h"
#include "cmd/measure.h"
#include "cmd/metrics_functions.h"
#include "cmd/output.h"
#include "graph/source/syntax.h"

static const char *package_of(const struct functions *m, const struct function *f)
{
	return sym_text(m->source->syms, m->source->file[f->file.v].package);
}

static struct json *row_of(const struct functions *m, const struct function *f,
			   struct arena *scratch)
{
	uint32_t flags = m->source->file[f->file.v].flags;
	struct json *row = json_object();

	json_set_text(row, "name", body_text(f->body, f->f->name));
	json_set_text(row, "package", package_of(m, f));
	json_set_text(row, "path", function_path(m, f, scratch));
	json_set_int(row, "line", f->f->line);
	json_set_int(row, "column", f->f->col);
	json_set_int(row, "end_line", f->f->end_line);
	json_set_bool(row, "literal", f->f->flags & FUNC_LITERAL);
	json_set_bool(row, "body", f->f->flags & FUNC_BODY);
	json_set_bool(row, "test", flags & FILE_TEST);
	json_set_bool(row, "generated", flags & FILE_GENERATED);
	json_set_bool(row, "gocyclo_ignore", f->f->flags & FUNC_GOCYCLO_IGNORE);
	json_set_bool(row, "gocognit_ignore", f->f->flags & FUNC_GOCOGNIT_IGNORE);
	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (metric_rows[i].scope == METRIC_OF_FUNCTION)
			json_set_int(row, metric_rows[i].id, function_value(f->f, i));
	return row;
}

static struct json *spread_of(const struct spread *s)
{
	struct json *row = json_object();

	json_set_text(row, "metric", metric_rows[s->metric].id);
	json_set_real(row, "average", s->average);
	json_set_int(row, "median", s->median);
	json_set_int(row, "p90", s->p90);
	json_set_int(row, "p99", s->p99);
	json_set_int(row, "largest", s->largest);
	if (s->limit) {
		json_set_int(row, "limit", s->limit);
		json_set_int(row, "over", s->over);
	} else {
		json_set(row, "limit", NULL);
		json_set(row, "over", NULL);
	}
	return row;
}

static struct json *files_of(const struct functions *m)
{
	struct json *files = json_object();

	json_set_int(files, "read", m->nfiles);
	json_set_int(files, "degraded", m->nbroken);
	json_set_int(files, "generated", m->ngenerated);
	json_set_int(files, "tests_left_out", m->tests_out);
	json_set_int(files, "generated_left_out", m->generated_out);
	json_set_int(files, "code", (int64_t)m->code);
	json_set_int(files, "comments", (int64_t)m->comments);
	json_set_int(files, "blanks", (int64_t)m->blanks);
	return files;
}

static struct json *broken_of(const struct functions *m, file_id file, struct arena *scratch)
{
	const struct body *body = m->bodies->file[file.v];
	struct json *row = json_object();

	json_set_text(row, "path", source_file_path(m->source, file, scratch));
	json_set_int(row, "line", body ? body->error_line : 0);
	json_set_int(row, "column", body ? body->error_col : 0);
	json_set_text(row, "message", function_trouble(body));
	return row;
}

int functions_write_json(const struct functions *m, const struct output *o, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "metrics");
	json_out_text(&j, "of", "functions");
	json_out_int(&j, "status", m->status);
	json_out_text(&j, "incomplete", m->incomplete);
	json_out_text(&j, "sort", m->sort ? m->sort->id : "name");
	json_out_int(&j, "over", m->over);
	json_out_bool(&j, "tests", m->with_tests);
	json_out_member(&j, "files", files_of(m));
	json_out_open(&j, "broken", JSON_ARRAY);
	for (uint32_t i = 0; i < m->nbroken; i++) {
		json_out_value(&j, broken_of(m, m->broken[i], &scratch));
		arena_reset(&scratch);
	}
	json_out_close(&j);
	json_out_int(&j, "functions", m->nfunctions);
	json_out_int(&j, "literals", m->nliterals);
	json_out_open(&j, "spread", JSON_ARRAY);
	for (uint32_t i = 0; i < m->nspreads; i++)
		json_out_value(&j, spread_of(&m->spread[i]));
	json_out_close(&j);
	json_out_int(&j, "matching", m->nrows);
	json_out_open(&j, "rows", JSON_ARRAY);
	for (uint32_t i = 0; i < functions_shown(m); i++) {
		json_out_value(&j, row_of(m, &m->row[i], &scratch));
		arena_reset(&scratch);
	}
	json_out_close(&j);
	json_out_close(&j);
	arena_release(&scratch);
	return json_out_finish(&j, err);
}

int functions_write_csv(const struct functions *m, const struct output *o, struct err *err UNUSED)
{
	struct arena scratch = ARENA_INIT;

	fputs("path,line,column,end_line,package,name,literal,test,generated", o->file);
	for (unsigned i = 0; i < METRIC_COUNT; i++)
		if (metric_rows[i].scope == METRIC_OF_FUNCTION)
			fprintf(o->file, ",%s", metric_rows[i].id);
	fputc('\n', o->file);
	for (uint32_t n = 0; n < functions_shown(m); n++) {
		const struct function *f = &m->row[n];
		uint32_t flags = m->source->file[f->file.v].flags;

		measure_put_field(o->file, function_path(m, f, &scratch), &scratch);
		fprintf(o->file, ",%u,%u,%u,", f->f->line, f->f->col, f->f->end_line);
		measure_put_field(o->file, package_of(m, f), &scratch);
		fputc(',', o->file);
		measure_put_field(o->file, body_text(f->body, f->f->name), &scratch);
		fprintf(o->file, ",%d,%d,%d", (f->f->flags & FUNC_LITERAL) != 0,
			(flags & FILE_TEST) != 0, (flags & FILE_GENERATED) != 0);
		for (unsigned i = 0; i < METRIC_COUNT; i++)
			if (metric_rows[i].scope == METRIC_OF_FUNCTION)
				fprintf(o->file, ",%u", function_value(f->f, i));
		fputc('\n', o->file);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}
