/* SPDX-License-Identifier: MIT */
/* yaml_value.c - what a scalar means after YAML 1.2, and writing one. */
#include "base/yaml.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static bool is_plain(const struct yaml_node *n)
{
	return n->kind == YAML_TEXT && !n->quoted;
}

static bool is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(text, *words))
			return true;
	return false;
}

bool yaml_is_null(const struct yaml_node *n)
{
	static const char *const words[] = { "", "~", "null", "Null", "NULL", NULL };

	return is_plain(n) && is_one_of(n->text, words);
}

bool yaml_bool(const struct yaml_node *n, bool *ret)
{
	static const char *const yes[] = { "true", "True", "TRUE", NULL };
	static const char *const no[] = { "false", "False", "FALSE", NULL };

	if (!is_plain(n))
		return false;
	*ret = is_one_of(n->text, yes);
	return *ret || is_one_of(n->text, no);
}

bool yaml_uint(const struct yaml_node *n, uint32_t *ret)
{
	uint64_t value = 0;

	if (!is_plain(n) || !*n->text || strlen(n->text) > 10)
		return false;
	/* 010 is eight to YAML 1.1 and ten to 1.2. */
	if (n->text[0] == '0' && n->text[1])
		return false;
	for (const char *p = n->text; *p; p++) {
		if (*p < '0' || *p > '9')
			return false;
		value = value * 10 + (uint64_t)(*p - '0');
	}
	*ret = (uint32_t)value;
	return value <= UINT32_MAX;
}

bool yaml_is_number(const struct yaml_node *n)
{
	const char *p = n->text;
	size_t digits, after;

	if (!is_plain(n))
		return false;
	p += *p == '-' || *p == '+';
	digits = strspn(p, "0123456789");
	p += digits;
	after = *p == '.' ? strspn(p + 1, "0123456789") : 0;
	p += (*p == '.') + after;
	if (!digits && !after)
		return false;
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '-' || *p == '+';
		if (!strspn(p, "0123456789"))
			return false;
		p += strspn(p, "0123456789");
	}
	return !*p;
}

const char *yaml_kind_name(const struct yaml_node *n)
{
	bool flag;

	switch (n->kind) {
	case YAML_TEXT:
		if (yaml_is_null(n))
			return "nothing";
		if (yaml_is_number(n))
			return "a number";
		return yaml_bool(n, &flag) ? "true or false" : "text";
	case YAML_LIST:
		return "a list";
	case YAML_MAP:
		return "a map";
	}
	BUG("yaml kind %d", (int)n->kind);
}

/* Words that some reader takes for null, a boolean, a number that is none, or a merge. */
static bool is_special(const char *text)
{
	static const char *const words[] = {
		"null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf",
		NULL,
	};

	for (const char *const *w = words; *w; w++)
		if (!strcasecmp(text, *w))
			return true;
	return !strcmp(text, "~") || !strcmp(text, "<<") || !strcmp(text, "=");
}

/* Letters, digits and what paths are made of; numbers and dates begin with a digit, sign or dot. */
static bool is_safe(const char *text, bool flow)
{
	static const char inner[] = "_-./@+*#%&!$^()=:,;~|<>?'\"[]{}\\` ";
	unsigned char first = (unsigned char)text[0];
	bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
		      first == '_' || first == '/';

	if (!letter || is_special(text))
		return false;
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			continue;
		if (!strchr(inner, c) || (flow && strchr(",[]{}:", c)))
			return false;
		if (c == ':' && (!p[1] || p[1] == ' '))
			return false;
		if (c == ' ' && (!p[1] || p[1] == '#'))
			return false;
	}
	return true;
}

/* The escape of a byte below 0x80 that cannot stand in double quotes, or NULL. */
static const char *escape_of(unsigned char c, struct arena *arena)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\t':
		return "\\t";
	case '\r':
		return "\\r";
	default:
		return c < 0x20 || c == 0x7f ? arena_printf(arena, "\\x%02x", c) : NULL;
	}
}

/* Not printable in YAML 1.1, a line break to it, or a mark that nobody sees. */
static bool is_unclear(uint32_t point)
{
	return text_is_hostile(point) || point >= 0xfffe || point == 0xfeff || point == 0x2028 ||
	       point == 0x2029;
}

const char *yaml_scalar(const char *text, bool flow, struct arena *arena)
{
	size_t len = strlen(text), n = 0;

	if (is_safe(text, flow))
		return text;
	/* One byte becomes four at most, but what is three bytes can become six. */
	char *out = arena_alloc(arena, len * 6 + 3, 1);

	out[n++] = '"';
	for (size_t at = 0; at < len;) {
		uint32_t point;
		size_t step = utf8_decode(text + at, len - at, &point);
		const char *put = NULL;

		if (point == UTF8_INVALID)
			put = "\xef\xbf\xbd";
		else if (point < 0x80)
			put = escape_of((unsigned char)point, arena);
		else if (point < 0x10000 && is_unclear(point))
			put = arena_printf(arena, "\\u%04x", (unsigned)point);
		memcpy(out + n, put ? put : text + at, put ? strlen(put) : step);
		n += put ? strlen(put) : step;
		at += step;
	}
	out[n++] = '"';
	out[n] = '\0';
	return out;
}
