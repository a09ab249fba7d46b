/* SPDX-License-Identifier: MIT */
/*
 * fuzz_baseline.c - a baseline from any bytes.  What is refused names the file;
 * what is read is sorted, each identity once and found, and written it reads back
 * as the same text.
 */
#include "analyzers/policy/baseline.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static int compare(const struct baseline_entry *a, const struct baseline_entry *b)
{
	int c = strcmp(a->rule, b->rule);

	if (!c)
		c = strcmp(a->from, b->from);
	if (!c)
		c = strcmp(a->to, b->to);
	return c ? c : strcmp(a->symbol, b->symbol);
}

static void check(const struct baseline *b)
{
	for (uint32_t i = 0; i < b->nentries; i++) {
		const struct baseline_entry *e = &b->entry[i];

		if (!*e->rule || !e->line)
			BUG("an entry without a rule or a line");
		if (i && compare(e - 1, e) >= 0)
			BUG("entry %u is not behind the one before", i);
		if (baseline_find(b, e->rule, e->from, e->to, e->symbol) != e)
			BUG("entry %u is not found", i);
		if ((e->expires == NULL) != (e->end == INT64_MAX))
			BUG("entry %u ends on another day than it says", i);
	}
}

static void read_back(const struct baseline *b, struct arena *a)
{
	struct err err = ERR_INIT;
	struct baseline *again;
	size_t n, m;
	char *text = baseline_text(b, &n), *same;

	if (baseline_read("b", text, n, a, &again, &err))
		BUG("what was written cannot be read: %s", err.msg);
	check(again);
	same = baseline_text(again, &m);
	if (n != m || memcmp(text, same, n) != 0)
		BUG("written and read, it is another text");
	free(text);
	free(same);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char header[] = "{\"meshctl\":\"baseline\",\"version\":1}\n";
	const size_t n = sizeof(header) - 1;
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct baseline *b;
	char *whole = xrealloc(NULL, n + len, 1);

	if (!baseline_read("b", (const char *)bytes, len, &a, &b, &err)) {
		check(b);
		read_back(b, &a);
	} else if (err.code != ERR_CONFIG || strncmp(err.msg, "b:", 2) != 0) {
		BUG("an error without its place: %s", err.msg);
	}
	/* The same behind a first line, which is hard to guess. */
	memcpy(whole, header, n);
	if (len)
		memcpy(whole + n, bytes, len);
	err = (struct err)ERR_INIT;
	if (!baseline_read("b", whole, n + len, &a, &b, &err)) {
		check(b);
		read_back(b, &a);
	}
	free(whole);
	arena_release(&a);
	return 0;
}
