/* SPDX-License-Identifier: MIT */
/* suggest.c - ranks names by their distance to what was typed. */
#include "base/suggest.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 64u                  /* longer ones are nobody's typing error */
#define FAR SIZE_MAX

static bool fold(const char *s, char ret[NAME_BYTES])
{
	size_t len = strlen(s);

	if (!len || len >= NAME_BYTES)
		return false;
	for (size_t i = 0; i <= len; i++)
		ret[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];
	return true;
}

/* Is `word` one of the words between the dashes of `name`? */
static bool has_word(const char *name, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = name; *p; p += strspn(p, "-")) {
		size_t n = strcspn(p, "-");

		if (n == len && !strncmp(p, word, n))
			return true;
		p += n;
	}
	return false;
}

void suggest_init(struct suggest *s, const char *wanted)
{
	size_t len = strlen(wanted);

	/* One edit in three letters: "lst" finds list, "xyz" finds nothing. */
	*s = (struct suggest){ .wanted = wanted, .limit = len < 6 ? 1 + (len > 3) : len / 3 };
}

static size_t rank_of(const struct suggest *s, const char *name)
{
	char a[NAME_BYTES], b[NAME_BYTES];

	if (!fold(s->wanted, a) || !fold(name, b))
		return FAR;
	size_t edits = text_distance(a, b, s->limit);

	/* As many edits as letters is another word altogether. */
	if (edits <= s->limit && edits < strlen(a) && edits < strlen(b))
		return edits;
	if (!strncmp(a, b, strlen(a)) || has_word(b, a))
		return s->limit + 1;
	return FAR;
}

void suggest_offer(struct suggest *s, const char *name)
{
	size_t rank = rank_of(s, name);

	if (rank == FAR || (s->count && rank > s->rank[0]))
		return;
	if (s->count && rank < s->rank[0])
		s->count = 0;
	if (s->count == SUGGEST_MAX)
		return;
	s->rank[s->count] = rank;
	s->name[s->count++] = name;
}

const char *suggest_text(const struct suggest *s, const char *prefix, char buf[SUGGEST_BYTES])
{
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned i = 0; i < s->count && used < SUGGEST_BYTES; i++) {
		const char *before = !i ? "; did you mean " : i + 1 == s->count ? " or " : ", ";

		used += (size_t)snprintf(buf + used, SUGGEST_BYTES - used, "%s'%s%.64s'%s", before,
					 prefix, s->name[i], i + 1 == s->count ? "?" : "");
	}
	return buf;
}
