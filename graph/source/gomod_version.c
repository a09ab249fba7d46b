/* SPDX-License-Identifier: MIT */
/* gomod_version.c - semantic versions, major versions in paths, go and toolchain names. */
#include "graph/source/gomod_version.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits without leading zeros; NULL where there are none. */
static const char *skip_number(const char *p)
{
	const char *start = p;

	while (is_digit(*p))
		p++;
	return p == start || (*start == '0' && p - start > 1) ? NULL : p;
}

static bool is_identifier(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/* a.b.c behind '-' or '+': no part empty, and in a prerelease no number with leading zeros. */
static const char *skip_parts(const char *p, bool prerelease)
{
	do {
		const char *start = ++p;
		bool number = true;

		for (; is_identifier(*p); p++)
			number &= is_digit(*p);
		if (p == start || (prerelease && number && *start == '0' && p - start > 1))
			return NULL;
	} while (*p == '.');
	return p;
}

/* The parts of a semantic version; false where it is none. */
struct semver {
	size_t core, prerelease;        /* bytes up to their end; the build follows */
	int dots;                       /* 0 in v1, 2 in v1.2.3 */
	const char *build;
};

static bool semver_parse(const char *v, struct semver *ret)
{
	const char *p = v;

	*ret = (struct semver){ .build = "" };
	if (*p != 'v' || !(p = skip_number(p + 1)))
		return false;
	for (; ret->dots < 2 && *p == '.'; ret->dots++)
		if (!(p = skip_number(p + 1)))
			return false;
	ret->core = (size_t)(p - v);
	if (ret->dots == 2 && *p == '-' && !(p = skip_parts(p, true)))
		return false;
	ret->prerelease = (size_t)(p - v);
	ret->build = p;
	if (ret->dots == 2 && *p == '+' && !(p = skip_parts(p, false)))
		return false;
	return !*p;
}

const char *module_canonical_version(struct arena *a, const char *version)
{
	static const char *const zeros[] = { ".0.0", ".0", "" };
	struct semver v;

	if (!semver_parse(version, &v))
		return NULL;
	return arena_printf(a, "%.*s%s%s", (int)v.prerelease, version, zeros[v.dots],
			    strcmp(v.build, "+incompatible") ? "" : v.build);
}

/* gopkg.in/x.v2 and gopkg.in/x.v2-unstable: the length of ".v2", 0 = not so. */
static size_t gopkg_major(const char *path, size_t len, bool unstable)
{
	size_t i = len;

	while (i > 0 && is_digit(path[i - 1]))
		i--;
	if (i <= 1 || i == len || path[i - 1] != 'v' || path[i - 2] != '.' ||
	    (path[i] == '0' && (len - i > 1 || unstable)))
		return 0;
	return len - i + 2;
}

/* module.SplitPathVersion: the "/v2" or ".v2" at the end; false where it is malformed. */
static bool path_major(const char *path, const char **ret, size_t *ret_len)
{
	static const char suffix[] = "-unstable";
	size_t len = strlen(path), n = sizeof(suffix) - 1;
	bool dot = false, unstable;

	*ret_len = 0;
	if (!strncmp(path, "gopkg.in/", 9)) {
		unstable = len > n && !strcmp(path + len - n, suffix);
		len -= unstable ? n : 0;
		*ret_len = gopkg_major(path, len, unstable);
		*ret = path + len - *ret_len;
		return *ret_len > 0;
	}
	size_t i = len;

	for (; i > 0 && (is_digit(path[i - 1]) || path[i - 1] == '.'); i--)
		dot |= path[i - 1] == '.';
	*ret = path + len;
	if (i <= 1 || i == len || path[i - 1] != 'v' || path[i - 2] != '/')
		return true;
	*ret = path + i - 2;
	*ret_len = len - i + 2;
	return !dot && path[i] != '0' && strcmp(path + i, "1");
}

const char *module_check_major(const char *path, const char *version)
{
	const char *major;
	size_t len;
	struct semver v;

	if (!path_major(path, &major, &len))
		return "malformed major version in the module path";
	if (!*version || !semver_parse(version, &v))
		return NULL;
	/* gopkg.in's first pseudo-versions were wrong and are accepted for ever. */
	if (!strncmp(version, "v0.0.0-", 7) && len == 3 && !memcmp(major, ".v1", 3))
		return NULL;
	size_t n = strcspn(version, ".-+");

	if (len)
		return n == len - 1 && !memcmp(version, major + 1, n) ?
		       NULL : "major version differs from that of the module path";
	if ((n == 2 && (version[1] == '0' || version[1] == '1')) ||
	    !strcmp(v.build, "+incompatible"))
		return NULL;
	return "version 2 or higher needs a module path that ends in it";
}

bool module_is_folder(const char *s)
{
	size_t dots = strspn(s, ".");

	if (dots == 1 || dots == 2)
		return !s[dots] || s[dots] == '/' || s[dots] == '\\';
	return *s == '/' || *s == '\\' ||
	       (((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z')) && s[1] == ':');
}

/* A number in s[*at..len): digits, no leading zero, *at moved behind them. */
static bool number_at(const char *s, size_t len, size_t *at)
{
	size_t start = *at;

	while (*at < len && is_digit(s[*at]))
		(*at)++;
	return *at > start && (s[start] != '0' || *at == start + 1);
}

/* ^([1-9][0-9]*)\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?$ */
bool go_line_is_valid(const char *s, size_t len)
{
	size_t at = 0;

	if (!number_at(s, len, &at) || s[0] == '0' || at == len || s[at++] != '.' ||
	    !number_at(s, len, &at))
		return false;
	if (at < len && s[at] == '.' && (at++, !number_at(s, len, &at)))
		return false;
	if (at == len)
		return true;
	size_t letters = at;

	while (at < len && s[at] >= 'a' && s[at] <= 'z')
		at++;
	size_t digits = at;

	while (at < len && is_digit(s[at]))
		at++;
	return digits > letters && at > digits && at == len;
}

bool toolchain_line_is_valid(const char *s, size_t len)
{
	if (len == 7 && !memcmp(s, "default", 7))
		return true;
	return len >= 3 && !memcmp(s, "go1", 3) && (len == 3 || s[3] == '.');
}
