/* SPDX-License-Identifier: MIT */
/*
 * setup_doctor.c - meshctl setup doctor: runs the checks of doctor.def and tells
 * what they say.  cmd/report/doctor.schema.json describes the JSON.
 */
#include "base/json.h"
#include "base/text.h"
#include "cmd/doctor.h"
#include "cmd/output.h"
#include "cmd/report/paint.h"
#include "cmd/subcommand.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS 100u
#define NAME_AT 6u
#define TEXT_AT 18u

static const struct {
	const char *name;
	void (*run)(struct doctor *d);
} checks[] = {
#define CHECK(name) { #name, doctor_##name },
#include "cmd/doctor.def"
#undef CHECK
};

static const struct {
	const char *word, *json;
	enum paint paint;
} levels[DOCTOR_LEVELS] = {
	[DOCTOR_OK] = { "ok", "ok", PAINT_COUNT },
	[DOCTOR_WARN] = { "warn", "warn", PAINT_YELLOW },
	[DOCTOR_FAIL] = { "FAIL", "fail", PAINT_RED },
};

void doctor_say(struct doctor *d, enum doctor_level level, const char *text, const char *todo)
{
	VEC_RESERVE(d->line, d->cap, d->nlines + 1);
	d->line[d->nlines++] = (struct doctor_line){ d->check, level, text, todo };
}

static uint32_t count(const struct doctor *d, enum doctor_level level)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->nlines; i++)
		n += d->line[i].level == level;
	return n;
}

static void write_line(const struct doctor_line *l, const struct output *o)
{
	enum paint paint = levels[l->level].paint;
	bool color = o->color && paint != PAINT_COUNT;

	fprintf(o->file, "%s%s%s%*s%-*s", color ? paint_on(true, paint) : "",
		levels[l->level].word, color ? paint_off(true) : "",
		(int)(NAME_AT - strlen(levels[l->level].word)), "", (int)(TEXT_AT - NAME_AT),
		l->check);
	text_wrap(o->file, l->text, TEXT_AT, COLUMNS);
	if (!l->todo)
		return;
	fprintf(o->file, "%*s", (int)TEXT_AT, "-> ");
	text_wrap(o->file, l->todo, TEXT_AT, COLUMNS);
}

static void write_text(const struct doctor *d, const struct output *o)
{
	uint32_t warnings = count(d, DOCTOR_WARN), failures = count(d, DOCTOR_FAIL);

	for (uint32_t i = 0; i < d->nlines; i++)
		write_line(&d->line[i], o);
	fprintf(o->file, "\nresult%*s%u ok, %s, %s; exit %d\n", (int)(TEXT_AT - 6), "",
		count(d, DOCTOR_OK), text_count(d->arena, warnings, "warning", "warnings"),
		text_count(d->arena, failures, "failure", "failures"),
		failures ? EXIT_FINDINGS : EXIT_CLEAN);
}

static int write_json(const struct doctor *d, const struct output *o, struct err *err)
{
	struct json_out j;

	json_out_init(&j, o->file, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_OBJECT);
	json_out_int(&j, "schema", 1);
	json_out_text(&j, "command", "setup");
	json_out_text(&j, "tool", "doctor");
	json_out_int(&j, "status", count(d, DOCTOR_FAIL) ? EXIT_FINDINGS : EXIT_CLEAN);
	json_out_open(&j, "checks", JSON_ARRAY);
	for (uint32_t i = 0; i < d->nlines; i++) {
		struct json *line = json_object();

		json_set_text(line, "check", d->line[i].check);
		json_set_text(line, "level", levels[d->line[i].level].json);
		json_set_text(line, "text", d->line[i].text);
		json_set_text(line, "todo", d->line[i].todo);
		json_out_value(&j, line);
	}
	json_out_close(&j);
	json_out_close(&j);
	return json_out_finish(&j, err);
}

static int doctor_run(struct run *run, struct err *err)
{
	struct doctor d = { .run = run, .arena = run->arena };
	int rc = 0;

	for (unsigned i = 0; i < ARRAY_SIZE(checks); i++) {
		d.check = checks[i].name;
		checks[i].run(&d);
	}
	for (unsigned i = 0; !rc && i < run->noutputs; i++) {
		const struct output *out = &run->output[i];

		if (strcmp(out->format, "json"))
			write_text(&d, out);
		else
			rc = write_json(&d, out, err);
	}
	if (!rc)
		rc = count(&d, DOCTOR_FAIL) ? EXIT_FINDINGS : EXIT_CLEAN;
	free(d.line);
	return rc;
}

static const char *const formats[] = { "text", "json", NULL };

const struct subcommand setup_doctor = {
	.name = "doctor",
	.summary = "check what meshctl needs here, and say what to do",
	.operands = "",
	.min_operands = 0,
	.max_operands = 0,
	.options = OPT_BIT(OPT_DIR) | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) |
		   OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_COLOR),
	.formats = formats,
	.run = doctor_run,
};
