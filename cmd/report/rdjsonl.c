/* SPDX-License-Identifier: MIT */
/*
 * rdjsonl.c - Reviewdog's diagnostics, one JSON object a line; columns in bytes,
 * as it wants them.  What is held back is left out: each becomes a comment.
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
		return "INFO";
	case SEV_WARNING:
		return "WARNING";
	case SEV_ERROR:
	case SEV_COUNT:
		break;
	}
	return "ERROR";
}

static struct json *position(uint32_t line, uint32_t column)
{
	struct json *object = json_object();

	json_set_int(object, "line", line);
	json_set_int(object, "column", column);
	return object;
}

static struct json *diagnostic(const struct report *r, const struct finding *f,
			       const struct place *p, struct arena *a)
{
	struct json *object = json_object(), *location = json_object(), *range = json_object();
	struct json *source = json_object(), *code = json_object();

	json_set_text(object, "message", arena_printf(a, "%s\n%s", text_escape(a, f->message),
						      text_escape(a, finding_fix(f))));
	json_set(range, "start", position(p->line, p->byte_col));
	json_set(range, "end", position(p->line, p->byte_end));
	json_set_text(location, "path", report_path(r, &f->at));
	json_set(location, "range", range);
	json_set(object, "location", location);
	json_set_text(object, "severity", severity_of(f->severity));
	json_set_text(source, "name", "meshctl");
	json_set(object, "source", source);
	json_set_text(code, "value", f->rule->name);
	json_set(object, "code", code);
	return object;
}

static int write_rdjsonl(const struct report *r, FILE *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct places places;
	struct json_out j;

	/* No line is no finding: a failure writes nothing. */
	if (r->error)
		return 0;
	places_init(r, false, &places);
	json_out_init(&j, out, JSON_LINES);
	for (uint32_t i = 0; i < r->findings->count; i++) {
		json_out_value(&j, diagnostic(r, &r->findings->item[i], place_at(&places, i, 0),
					      &a));
		arena_reset(&a);
	}
	places_release(&places);
	arena_release(&a);
	return json_out_finish(&j, err);
}

const struct reporter reporter_rdjsonl = {
	.name = "rdjsonl", .summary = "for reviewdog: one diagnostic a line",
	.write = write_rdjsonl,
};
