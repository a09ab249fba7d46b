/* SPDX-License-Identifier: MIT */
/* importpath.c - Go's rules for the text of an import path inside of a module. */
#include "analyzers/importpath.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Names of devices, which no file on Windows may have. */
static bool is_device(const char *name, size_t len)
{
	static const char *const device[] = {
		"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
		"com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
		"lpt9",
	};

	for (size_t i = 0; i < ARRAY_SIZE(device); i++)
		if (strlen(device[i]) == len && !strncasecmp(device[i], name, len))
			return true;
	return false;
}

/* "progra~1": what Windows makes of longer names. */
static bool is_short_name(const char *name, size_t len)
{
	size_t digits = 0;

	while (digits < len && name[len - 1 - digits] >= '0' && name[len - 1 - digits] <= '9')
		digits++;
	return digits && digits < len && name[len - 1 - digits] == '~';
}

static const char *element_fault(const char *name, size_t len, struct arena *arena)
{
	size_t dot = 0;

	if (strspn(name, ".") >= len)
		return arena_printf(arena, "whose element '%.*s' Go does not resolve", (int)len,
				    name);
	if (name[len - 1] == '.')
		return arena_printf(arena, "whose element '%.*s' ends in a dot", (int)len, name);
	for (const char *p = name; p < name + len; p++) {
		if (is_letter_or_digit(*p) || strchr("-._~+", *p))
			continue;
		uint32_t point;
		size_t bytes = utf8_decode(p, (size_t)(name + len - p), &point);

		return arena_printf(arena, "with the character '%.*s', which import paths may not "
				    "have", (int)bytes, p);
	}
	while (dot < len && name[dot] != '.')
		dot++;
	if (is_device(name, dot))
		return arena_printf(arena, "whose element '%.*s' is a device on Windows", (int)len,
				    name);
	if (is_short_name(name, dot))
		return arena_printf(arena, "whose element '%.*s' looks like a short name of "
				    "Windows", (int)len, name);
	return NULL;
}

static bool is_relative(const char *path)
{
	return !strcmp(path, ".") || !strcmp(path, "..") || !strncmp(path, "./", 2) ||
	       !strncmp(path, "../", 3);
}

/* What follows the last element `vendor`, or NULL. */
static const char *behind_vendor(const char *path)
{
	const char *found = NULL;

	for (const char *p = path; p; p = strchr(p, '/')) {
		p += *p == '/';
		if (!strncmp(p, "vendor/", 7))
			found = p + 7;
	}
	return found;
}

/* "a//b/" without the slashes that are too many. */
static const char *tidy(const char *path, struct arena *arena)
{
	char *out = arena_strdup(arena, path);
	size_t n = 0;

	for (const char *p = path; *p; p++)
		if (*p != '/' || (p[1] && p[1] != '/'))
			out[n++] = *p;
	out[n] = '\0';
	return out;
}

const char *import_path_fault(const char *path, struct arena *arena, const char **ret_fix)
{
	const char *fault;

	*ret_fix = NULL;
	if (is_relative(path)) {
		*ret_fix = "Write the module path in front of the folder: Go modules have no "
			   "relative imports.";
		return "which is relative";
	}
	if (*path == '/') {
		*ret_fix = "Write the import path of the package, not where it lies on a disk.";
		return "which is a path of the file system";
	}
	if (!strcmp(path, "std") || !strcmp(path, "cmd") || !strcmp(path, "all") ||
	    !strcmp(path, "tool") || !strcmp(path, "work"))
		return "which stands for many packages, not for one";
	if (!strcmp(path, "builtin"))
		return "which documents the language and is no package";
	if (*path == '-')
		return "which begins with a dash";
	if (strstr(path, "//") || (*path && path[strlen(path) - 1] == '/')) {
		*ret_fix = arena_printf(arena, "Write '%s'.", tidy(path, arena));
		return "which has a slash too many";
	}
	for (const char *p = path; *p; p += p[0] == '/') {
		size_t len = strcspn(p, "/");

		fault = element_fault(p, len, arena);
		if (fault)
			return fault;
		p += len;
	}
	if (behind_vendor(path)) {
		*ret_fix = arena_printf(arena, "Write '%s', and see that go.mod requires its "
					"module.", behind_vendor(path));
		return "which names a vendor folder";
	}
	return NULL;
}
