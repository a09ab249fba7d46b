/* SPDX-License-Identifier: MIT */
/* adr_draft.c - the lines of a draft, and how they reach a template. */
#include "cmd/adr_draft.h"
#include "base/text.h"
#include "base/yaml.h"

#include <string.h>

void draft_line(struct draft_list *l, const char *text)
{
	if (l->count < DRAFT_LINES)
		l->line[l->count++] = text;
	else
		l->left_out++;
}

struct draft_option *draft_option(struct adr_draft *d, const char *title, const char *text)
{
	if (d->noptions == DRAFT_OPTIONS)
		BUG("more than %u options", DRAFT_OPTIONS);
	struct draft_option *o = &d->option[d->noptions++];

	o->title = title;
	o->text = text;
	return o;
}

const char *draft_code(struct adr_draft *d, const char *name)
{
	const char *clean = text_escape(d->arena, name);
	size_t longest = 0;

	for (const char *p = clean; *p; p++) {
		size_t n = strspn(p, "`");

		longest = n > longest ? n : longest;
		p += n ? n - 1 : 0;
	}
	if (!longest)
		return arena_printf(d->arena, "`%s`", clean);
	char *ticks = arena_alloc(d->arena, longest + 2, 1);

	memset(ticks, '`', longest + 1);
	return arena_printf(d->arena, "%s %s %s", ticks, clean, ticks);
}

const char *draft_words(struct adr_draft *d, const char *text)
{
	const char *clean = text_escape(d->arena, text);
	char *out = arena_alloc(d->arena, strlen(clean) * 6 + 1, 1);
	size_t n = 0;

	for (; *clean; clean++) {
		if (*clean == '<') {
			memcpy(out + n, "&lt;", 4);
			n += 4;
			continue;
		}
		if (*clean == '&') {
			memcpy(out + n, "&amp;", 5);
			n += 5;
			continue;
		}
		if (strchr("\\`*_[]#|", *clean))
			out[n++] = '\\';
		out[n++] = *clean;
	}
	return out;
}

static struct json *list_of(const struct adr_draft *d, const struct draft_list *l, bool yaml)
{
	struct json *list = json_array();

	for (uint32_t i = 0; i < l->count; i++)
		json_push_text(list, yaml ? yaml_scalar(l->line[i], false, d->arena) : l->line[i]);
	if (l->left_out)
		json_push_text(list, arena_printf(d->arena, "%sand %u more%s", yaml ? "\"" : "",
						  l->left_out, yaml ? "\"" : ""));
	return list;
}

void draft_fill(const struct adr_draft *d, struct json *data)
{
	struct json *options = json_array();

	json_set(data, "context", list_of(d, &d->context, false));
	json_set(data, "evidence", list_of(d, &d->evidence, false));
	json_set(data, "evidence_yaml", list_of(d, &d->evidence, true));
	json_set(data, "drivers", list_of(d, &d->drivers, false));
	json_set(data, "consequences", list_of(d, &d->consequences, false));
	json_set(data, "consequences_yaml", list_of(d, &d->consequences, true));
	json_set(data, "confirmation", list_of(d, &d->confirmation, false));
	for (uint32_t i = 0; i < d->noptions; i++) {
		const struct draft_option *o = &d->option[i];
		struct json *one = json_object();

		json_set_text(one, "title", o->title);
		json_set_text(one, "title_yaml", yaml_scalar(o->title, false, d->arena));
		json_set_text(one, "text", o->text);
		json_set_text(one, "text_yaml", yaml_scalar(o->text, false, d->arena));
		json_set(one, "good", list_of(d, &o->good, false));
		json_set(one, "bad", list_of(d, &o->bad, false));
		json_push(options, one);
	}
	json_set(data, "options", options);
	json_set_bool(data, "has_options", d->noptions != 0);
	json_set_bool(data, "has_evidence", d->evidence.count != 0);
	json_set_text(data, "revision", d->revision ? d->revision : "now");
}
