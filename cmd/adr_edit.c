/* SPDX-License-Identifier: MIT */
/* adr_edit.c - changes bytes of a record, and reads it again to see that it says so. */
#include "cmd/adr_edit.h"
#include "base/yaml.h"

#include <string.h>

/* Lines end as those of the record do. */
static const char *as_lines(const struct adr *r, const char *text, struct arena *arena)
{
	const char *nl = memchr(r->bytes, '\n', r->len);
	char *out;
	size_t n = 0;

	if (!nl || nl == r->bytes || nl[-1] != '\r')
		return text;
	out = arena_alloc(arena, 2 * strlen(text) + 1, 1);
	for (; *text; text++) {
		if (*text == '\n')
			out[n++] = '\r';
		out[n++] = *text;
	}
	out[n] = '\0';
	return out;
}

/* bytes[from, to) replaced. */
static const char *splice(const struct adr *r, size_t from, size_t to, const char *with,
			  struct arena *arena)
{
	return arena_printf(arena, "%.*s%s%s", (int)from, r->bytes, as_lines(r, with, arena),
			    r->bytes + to);
}

/* Before what ends the line. */
static size_t line_end(const struct adr *r, size_t at)
{
	const char *nl = memchr(r->bytes + at, '\n', r->len - at);
	size_t end = nl ? (size_t)(nl - r->bytes) : r->len;

	return end > at && nl && nl[-1] == '\r' ? end - 1 : end;
}

const char *adr_relative(const char *from, const char *to, struct arena *arena)
{
	size_t same = 0, up = 0;
	const char *prefix = "";

	for (size_t i = 0; from[i] && from[i] == to[i]; i++)
		if (from[i] == '/')
			same = i + 1;
	for (const char *p = from + same; *p; p++)
		up += *p == '/';
	while (up--)
		prefix = arena_printf(arena, "../%s", prefix);
	return arena_printf(arena, "%s%s", prefix, to + same);
}

struct adr_other adr_other_of(const struct adr *from, const struct adr *to, struct arena *arena)
{
	struct adr_other o = {
		.file = adr_relative(from->path, to->path, arena), .number = to->number,
	};

	if (from->format == ADR_NYGARD && to->number)
		o.label = arena_printf(arena, "%u. %s", to->number, to->title.text);
	else if (to->number)
		o.label = arena_printf(arena, "ADR-%04u", to->number);
	else
		o.label = to->name;
	return o;
}

/* A capital where the old status, or the format, has one. */
static const char *as_written(const struct adr *r, const char *status, struct arena *arena)
{
	const char *old = r->status.text;
	char *text = arena_strdup(arena, status);
	bool capital = *old ? *old >= 'A' && *old <= 'Z' : r->format == ADR_NYGARD;

	if (capital && *text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A');
	return text;
}

/* Where no status is: a section below the title. */
static int add_section(const struct adr *r, const char *text, struct arena *arena,
		       const char **ret, struct err *err)
{
	size_t at;

	if (r->format == ADR_YAML || !r->title.line)
		return err_set(err, ERR_INPUT, "'%.200s' has no title below which a status could "
			       "stand", r->path);
	at = line_end(r, r->title.to);
	*ret = splice(r, at, at, arena_printf(arena, "\n\n## Status\n\n%s", text), arena);
	return 0;
}

static int put_status(const struct adr *r, const char *text, struct arena *arena,
		      const char **ret, struct err *err)
{
	switch (r->status_in) {
	case ADR_IN_FRONT:
	case ADR_IN_KEY: {
		/* MADR quotes it; a block or text over lines cannot be replaced in place. */
		bool quoted = r->bytes[r->status.from] == '"' || strchr(text, ' ');

		if (strchr("|>&*!", r->bytes[r->status.from]))
			return err_set(err, ERR_INPUT, "'%.200s:%u' has its status in a form of "
				       "YAML that meshctl does not edit", r->path, r->status.line);
		*ret = splice(r, r->status.from, r->status.to, quoted ?
			      arena_printf(arena, "\"%s\"", text) :
			      yaml_scalar(text, false, arena), arena);
		return 0;
	}
	case ADR_IN_BULLET:
	case ADR_IN_SECTION:
		*ret = splice(r, r->status.from, r->status.to, text, arena);
		return 0;
	case ADR_IN_NOTHING:
		break;
	}
	return add_section(r, text, arena, ret, err);
}

/* What was written has to be read as what was meant. */
static int verify(const struct adr *r, const char *text, enum adr_status state,
		  struct arena *arena, struct err *err)
{
	struct adr_problem problem;
	struct adr now;

	if (!adr_parse(r->path, text, strlen(text), arena, &now, &problem) || problem.text ||
	    now.state != state)
		return err_set(err, ERR_INPUT, "'%.200s' cannot be edited: its status stands where "
			       "meshctl cannot replace it", r->path);
	return 0;
}

int adr_edit_status(const struct adr *r, const char *status, struct arena *arena,
		    const char **ret, struct err *err)
{
	return put_status(r, as_written(r, status, arena), arena, ret, err) ||
	       verify(r, *ret, adr_status_of(status), arena, err) ? -1 : 0;
}

int adr_edit_superseded(const struct adr *r, const struct adr_other *by, struct arena *arena,
			const char **ret, struct err *err)
{
	const char *status;

	if (r->status_in == ADR_IN_KEY)
		status = "replaced";
	else if (r->status_in == ADR_IN_FRONT)
		status = arena_printf(arena, "superseded by %s", by->label);
	else
		status = arena_printf(arena, "%s by [%s](%s)", as_written(r, "superseded", arena),
				      by->label, by->file);
	if (put_status(r, status, arena, ret, err))
		return -1;
	if (r->status_in == ADR_IN_KEY) {
		struct adr_problem problem;
		struct adr now;
		size_t len = strlen(*ret), at;

		if (!adr_parse(r->path, *ret, len, arena, &now, &problem))
			return err_set(err, ERR_INPUT, "'%.200s' cannot be edited", r->path);
		at = line_end(&now, now.status.to);
		*ret = splice(&now, at, at, arena_printf(arena, "\nreplaced_by: %s",
			by->number ? arena_printf(arena, "%u", by->number) :
			yaml_scalar(by->file, false, arena)), arena);
	}
	return verify(r, *ret, ADR_SUPERSEDED, arena, err);
}

static bool has_link(const struct adr *r, const struct adr_other *old, struct arena *arena)
{
	const char *number = old->number ? arena_printf(arena, "%u", old->number) : old->file;

	for (uint32_t i = 0; i < r->nlinks; i++)
		if (r->link[i].relation == ADR_SUPERSEDES &&
		    (!strcmp(r->link[i].target, old->file) ||
		     !strcmp(r->link[i].target, old->label) ||
		     !strcmp(r->link[i].target, number)))
			return true;
	return false;
}

/* Behind everything else, in a section of this name, which may be there. */
static const char *at_end(const struct adr *r, const char *section, const char *line,
			  struct arena *arena)
{
	size_t len = r->len;
	bool last = r->nsections && !strcmp(r->section[r->nsections - 1].title, section);

	while (len && strchr(" \t\r\n", r->bytes[len - 1]))
		len--;
	return arena_printf(arena, "%.*s%s", (int)len, r->bytes, as_lines(r, arena_printf(arena,
		"\n\n%s%s%s%s\n", last ? "" : "## ", last ? "" : section, last ? "" : "\n\n",
		line), arena));
}

int adr_edit_supersedes(const struct adr *r, const struct adr_other *old, struct arena *arena,
			const char **ret, struct err *err UNUSED)
{
	const char *link = arena_printf(arena, "Supersedes [%s](%s)", old->label, old->file);
	size_t at;

	*ret = r->bytes;
	if (has_link(r, old, arena))
		return 0;
	switch (r->format) {
	case ADR_YAML:
		at = line_end(r, r->status.to);
		*ret = splice(r, at, at, arena_printf(arena, "\nreplaces: %s", old->number ?
			arena_printf(arena, "%u", old->number) :
			yaml_scalar(old->file, false, arena)), arena);
		break;
	case ADR_NYGARD:
		at = line_end(r, r->status.to);
		*ret = splice(r, at, at, arena_printf(arena, "\n\n%s", link), arena);
		break;
	case ADR_LOG4BRAINS:
		*ret = at_end(r, "Links", arena_printf(arena, "- %s", link), arena);
		break;
	case ADR_MADR:
	case ADR_FORMATS:
		*ret = at_end(r, "More Information", link, arena);
		break;
	}
	return 0;
}
