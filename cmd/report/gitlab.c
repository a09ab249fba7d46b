/* SPDX-License-Identifier: MIT */
/*
 * gitlab.c - GitLab's Code Quality report: one array, a fingerprint without a
 * line for each, what is held back left out.  GitLab compares two branches: a
 * finding that is accepted is none of its business.
 */
#include "base/text.h"
#include "cmd/report/place.h"
#include "cmd/report/report_words.h"
#include "cmd/report/reporters.h"

static const char *severity_of(enum severity severity)
{
	switch (severity) {
	case SEV_OFF:
	case SEV_INFO:
		return "info";
	case SEV_WARNING:
		return "minor";
	case SEV_ERROR:
	case SEV_COUNT:
		break;
	}
	return "major";
}

static struct json *issue(const struct report *r, const struct finding *f, struct arena *a)
{
	struct json *object = json_object(), *location = json_object(), *lines = json_object();

	json_set_text(object, "description", text_escape(a, f->message));
	json_set_text(object, "check_name", f->rule->name);
	json_set_hex(object, "fingerprint", f->fingerprint);
	json_set_text(object, "severity", severity_of(f->severity));
	json_set_int(lines, "begin", f->at.line ? f->at.line : 1);
	json_set_text(location, "path", report_path(r, &f->at));
	json_set(location, "lines", lines);
	json_set(object, "location", location);
	return object;
}

static int write_gitlab(const struct report *r, FILE *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct json_out j;

	/* Nothing found and nothing known look the same here: a failure writes nothing. */
	if (r->error)
		return 0;
	json_out_init(&j, out, JSON_INDENTED);
	json_out_open(&j, NULL, JSON_ARRAY);
	for (uint32_t i = 0; i < r->findings->count; i++) {
		json_out_value(&j, issue(r, &r->findings->item[i], &a));
		arena_reset(&a);
	}
	json_out_close(&j);
	arena_release(&a);
	return json_out_finish(&j, err);
}

const struct reporter reporter_gitlab = {
	.name = "gitlab", .summary = "GitLab's Code Quality report: what is not held back",
	.write = write_gitlab,
};
