/* SPDX-License-Identifier: MIT */
/* baseline.c - reading a baseline line by line. */
#include "analyzers/policy/baseline.h"
#include "base/date.h"
#include "base/json_read.h"

#include <stdlib.h>
#include <string.h>

#define VERSION 1u
#define SHOWN "200s"
#define UNKNOWN_MAX (JSON_MEMBERS_MAX - FIELD_COUNT)

struct reading {
	struct baseline *b;
	uint32_t cap, line;
	bool header;                    /* seen */
	struct arena scratch;           /* one line */
	struct err *err;
};

static int wrong(struct reading *r, const char *what)
{
	return err_set(r->err, ERR_CONFIG, "%." SHOWN ":%u: %s", r->b->path, r->line, what);
}

static int wrong_at(struct reading *r, uint32_t col, const char *what)
{
	return err_set(r->err, ERR_CONFIG, "%." SHOWN ":%u:%u: %s", r->b->path, r->line, col, what);
}

static bool starts(const char *line, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && !memcmp(line, with, n);
}

/* What git leaves where it cannot merge; "=======" could be nothing else in JSON either. */
static bool is_conflict(const char *line, size_t len)
{
	return starts(line, len, "<<<<<<<") || starts(line, len, ">>>>>>>") ||
	       starts(line, len, "=======") || starts(line, len, "|||||||");
}

static bool is_number(const struct json_member *m, uint64_t max, uint64_t *ret)
{
	uint64_t n = 0;

	if (!m || m->kind != JSON_IS_NUMBER)
		return false;
	for (size_t i = 0; i < m->raw_len; i++) {
		if (m->raw[i] < '0' || m->raw[i] > '9')
			return false;
		n = n * 10 + (uint64_t)(m->raw[i] - '0');
		if (n > max)
			return false;
	}
	*ret = n;
	return true;
}

static int read_header(struct reading *r, const struct json_members *m)
{
	const struct json_member *what = json_member_find(m, "meshctl");
	uint64_t version;

	if (!what || !what->text || strcmp(what->text, "baseline") != 0)
		return wrong(r, "not a baseline: its first line is {\"meshctl\":\"baseline\","
				"\"version\":1}");
	if (!is_number(json_member_find(m, "version"), UINT32_MAX, &version))
		return wrong(r, "a baseline without a version");
	if (version != VERSION)
		return err_set(r->err, ERR_CONFIG,
			       "%." SHOWN ":%u: a baseline of version %u; this meshctl knows %u",
			       r->b->path, r->line, (unsigned)version, VERSION);
	r->header = true;
	return 0;
}

enum field { FIELD_RULE, FIELD_FROM, FIELD_TO, FIELD_SYMBOL, FIELD_REASON, FIELD_OWNER,
	     FIELD_EXPIRES, FIELD_ADR, FIELD_COUNT };

static const char *const field_name[FIELD_COUNT] = {
	"rule", "from", "to", "symbol", "reason", "owner", "expires", "adr",
};

static enum field field_of(const char *key)
{
	unsigned i = 0;

	while (i < FIELD_COUNT && strcmp(field_name[i], key) != 0)
		i++;
	return (enum field)i;
}

static int read_expires(struct reading *r, const struct json_member *m, struct baseline_entry *e)
{
	int64_t days;

	if (!date_parse(m->text, &days))
		return wrong_at(r, m->col, "\"expires\" wants a day, YYYY-MM-DD");
	e->end = (days + 1) * SECONDS_A_DAY;
	return 0;
}

static void add_rest(struct reading *r, const struct json_member *m, struct baseline_entry *e)
{
	e->rest = arena_printf(r->b->arena, "%s%s%.*s:%.*s", e->rest ? e->rest : "",
			       e->rest ? "," : "", (int)m->raw_key_len, m->raw_key,
			       (int)m->raw_len, m->raw);
}

static int read_member(struct reading *r, const struct json_member *m, struct baseline_entry *e)
{
	const char **const text[FIELD_COUNT] = {
		&e->rule, &e->from, &e->to, &e->symbol, &e->reason, &e->owner, &e->expires,
	};
	enum field field = field_of(m->key);
	uint64_t adr;

	if (field == FIELD_COUNT) {
		add_rest(r, m, e);
		return 0;
	}
	if (m->kind == JSON_IS_NULL)
		return 0;
	if (field == FIELD_ADR) {
		if (!is_number(m, UINT32_MAX, &adr))
			return wrong_at(r, m->col, "\"adr\" wants the number of a record");
		e->adr = (uint32_t)adr;
		return 0;
	}
	if (m->kind != JSON_IS_TEXT)
		return err_set(r->err, ERR_CONFIG, "%." SHOWN ":%u:%u: \"%s\" wants a text",
			       r->b->path, r->line, m->col, field_name[field]);
	*text[field] = arena_strdup(r->b->arena, m->text);
	return field == FIELD_EXPIRES ? read_expires(r, m, e) : 0;
}

static int read_entry(struct reading *r, const struct json_members *m)
{
	struct baseline_entry e = {
		.from = "", .to = "", .symbol = "", .end = INT64_MAX, .line = r->line,
	};
	const struct rule *rule;
	uint32_t unknown = 0;

	for (uint32_t i = 0; i < m->count; i++) {
		unknown += field_of(m->item[i].key) == FIELD_COUNT;
		if (read_member(r, &m->item[i], &e))
			return -1;
	}
	/* What two lines of one identity say together must be readable as one. */
	if (unknown > UNKNOWN_MAX)
		return wrong(r, "too many members that meshctl does not know");
	if (!e.rule || !*e.rule)
		return wrong(r, "an entry without a \"rule\"");
	rule = rule_find(e.rule);
	if (rule)
		e.rule = rule->id;
	VEC_RESERVE(r->b->entry, r->cap, r->b->nentries + 1);
	r->b->entry[r->b->nentries++] = e;
	return 0;
}

static int read_line(struct reading *r, const char *line, size_t len)
{
	struct json_members m;

	while (len && strchr(" \t\r", line[len - 1]) && line[len - 1])
		len--;
	if (!len)
		return 0;
	if (is_conflict(line, len))
		return wrong(r, "a merge conflict that nobody resolved: keep the lines of both "
				"sides, as git does with merge=union in .gitattributes");
	if (!json_read_object(line, len, &r->scratch, &m)) {
		if (r->header)
			return wrong_at(r, m.col, m.problem);
		m.count = 0;
	}
	/* A merge of two new files may leave the first line twice. */
	if (!r->header || json_member_find(&m, "meshctl"))
		return read_header(r, &m);
	return read_entry(r, &m);
}

int baseline_read(const char *path, const char *bytes, size_t len, struct arena *arena,
		  struct baseline **ret, struct err *err)
{
	struct baseline *b = arena_new(arena, struct baseline);
	struct reading r = { .b = b, .err = err };
	const char *end = bytes + len;
	int rc = 0;

	*b = (struct baseline){ .path = arena_strdup(arena, path), .arena = arena };
	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
		bytes += 3;
	while (!rc && bytes < end) {
		const char *nl = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *stop = nl ? nl : end;

		r.line++;
		rc = read_line(&r, bytes, (size_t)(stop - bytes));
		bytes = nl ? nl + 1 : end;
		arena_reset(&r.scratch);
	}
	if (!rc && !r.header)
		rc = err_set(err, ERR_CONFIG, "%." SHOWN ": not a baseline: it is empty", path);
	arena_release(&r.scratch);
	struct baseline_entry *own = b->entry;

	/* The entries move into the arena, as everything of a baseline. */
	b->entry = arena_array(arena, struct baseline_entry, b->nentries);
	if (b->nentries)
		memcpy(b->entry, own, b->nentries * sizeof(*own));
	free(own);
	if (rc)
		return -1;
	baseline_index(b);
	*ret = b;
	return 0;
}
