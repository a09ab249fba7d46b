/* SPDX-License-Identifier: MIT */
/* service_name.c - DNS labels from folders, and names as people compare them. */
#include "analyzers/services/service_name.h"

#include <string.h>

static const char *const silent[] = {
#define SILENT(word) word,
#define KIND(word)
#define ENDING(word)
#include "analyzers/services/service_words.def"
#undef SILENT
#undef KIND
#undef ENDING
};

static const char *const kinds[] = {
#define SILENT(word)
#define KIND(word) word,
#define ENDING(word)
#include "analyzers/services/service_words.def"
#undef SILENT
#undef KIND
#undef ENDING
};

static const char *const endings[] = {
#define SILENT(word)
#define KIND(word)
#define ENDING(word) word,
#include "analyzers/services/service_words.def"
#undef SILENT
#undef KIND
#undef ENDING
};

static bool among(const char *const *list, size_t count, const char *s, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == len && !strncmp(list[i], s, len))
			return true;
	return false;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_word(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

bool service_name_fits(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > SERVICE_NAME_MAX || !is_letter(name[0]) || !is_word(name[len - 1]))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!is_word(name[i]) && name[i] != '-')
			return false;
	return true;
}

const char *service_name_from(const char *text, struct arena *arena)
{
	char out[SERVICE_NAME_MAX + 1];
	size_t n = 0;

	for (const char *p = text; *p && n < SERVICE_NAME_MAX; p++) {
		char c = lower(*p);

		if (is_letter(c) || (n && is_word(c)))
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		n--;
	return n ? arena_strndup(arena, out, n) : "service";
}

/* The segment that ends before `end`; *ret_len 0 where there is none. */
static const char *segment_before(const char *path, const char *end, size_t *ret_len)
{
	const char *from;

	while (end > path && end[-1] == '/')
		end--;
	for (from = end; from > path && from[-1] != '/'; from--)
		;
	*ret_len = (size_t)(end - from);
	return from;
}

/* Which segment says something; *ret_len 0 = none. */
static const char *telling(const char *folder, const char *end, size_t *ret_len)
{
	const char *s = segment_before(folder, end, ret_len);

	while (*ret_len && (among(silent, ARRAY_SIZE(silent), s, *ret_len) || *s == '.'))
		s = segment_before(folder, s, ret_len);
	return s;
}

/* "v2" is no name. */
static const char *module_word(const char *module, size_t *ret_len)
{
	const char *s = segment_before(module, module + strlen(module), ret_len);

	if (*ret_len > 1 && *s == 'v' && strspn(s + 1, "0123456789") >= *ret_len - 1)
		s = segment_before(module, s, ret_len);
	return s;
}

const char *service_name_of(const char *folder, const char *module, struct arena *arena)
{
	size_t len, before;
	const char *s = telling(folder, folder + strlen(folder), &len);

	if (len && among(kinds, ARRAY_SIZE(kinds), s, len)) {
		const char *b = telling(folder, s, &before);

		if (!before)
			b = module_word(module, &before);
		if (before)
			return service_name_from(arena_printf(arena, "%.*s-%.*s", (int)before, b,
							      (int)len, s), arena);
	}
	if (!len)
		s = module_word(module, &len);
	return service_name_from(arena_strndup(arena, s, len), arena);
}

const char *service_name_longer(const char *folder, const char *name, struct arena *arena)
{
	size_t len, before;
	const char *s = telling(folder, folder + strlen(folder), &len);

	if (len && among(kinds, ARRAY_SIZE(kinds), s, len))
		s = telling(folder, s, &len);
	s = telling(folder, s, &before);
	if (!before)
		return name;
	return service_name_from(arena_printf(arena, "%.*s-%s", (int)before, s, name), arena);
}

const char *service_name_plain(const char *text, struct arena *arena)
{
	char *out = arena_strdup(arena, text);
	size_t n = 0;

	for (const char *p = text; *p; p++)
		if (is_word(lower(*p)))
			out[n++] = lower(*p);
	out[n] = '\0';
	for (bool cut = true; cut;) {
		cut = false;
		for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
			size_t len = strlen(endings[i]);

			if (n > len && !strcmp(out + n - len, endings[i])) {
				out[n -= len] = '\0';
				cut = true;
			}
		}
	}
	return out;
}
