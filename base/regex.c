/* SPDX-License-Identifier: MIT */
/* regex.c - regular expressions: PCRE2 with limits, `$` only at the very end as in Go. */
#include "base/regex.h"
#include "base/limits.h"
#include "base/pattern_parts.h"

#include <string.h>

#define MESSAGE 120u
#define GROWTH 8u                       /* what quoting and globs make of a text */

struct regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
};

int regex_new(const char *text, struct arena *arena, const struct regex **ret, struct err *err)
{
	pcre2_general_context *memory = pattern_memory(arena);
	struct regex *r = arena_new(arena, struct regex);
	char message[MESSAGE];
	PCRE2_SIZE at;
	int code;

	if (strlen(text) > limit_of(LIMIT_PATTERN_BYTES) * GROWTH)
		return err_set(err, ERR_CONFIG, "longer than the limit pattern-bytes");
	r->code = pcre2_compile((PCRE2_SPTR)text, strlen(text), PCRE2_DOLLAR_ENDONLY, &code, &at,
				pcre2_compile_context_create(memory));
	if (!r->code) {
		pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof(message));
		return err_set(err, ERR_CONFIG, "%s", message);
	}
	r->data = pcre2_match_data_create(1, memory);
	r->context = pcre2_match_context_create(memory);
	if (!r->data || !r->context)
		BUG("no memory for PCRE2");
	pcre2_set_match_limit(r->context, (uint32_t)limit_of(LIMIT_PATTERN_STEPS));
	*ret = r;
	return 0;
}

bool regex_find(const struct regex *r, const char *text)
{
	return pcre2_match(r->code, (PCRE2_SPTR)text, strlen(text), 0, 0, r->data,
			   r->context) >= 0;
}

const char *regex_quote(const char *text, struct arena *arena)
{
	char *quoted = arena_alloc(arena, strlen(text) * 2 + 1, 1), *to = quoted;

	for (const char *p = text; *p; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			     (*p >= '0' && *p <= '9') || (unsigned char)*p >= 0x80;

		if (!plain)
			*to++ = '\\';
		*to++ = *p;
	}
	return quoted;
}
