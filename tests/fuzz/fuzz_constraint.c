/* SPDX-License-Identifier: MIT */
/*
 * fuzz_constraint.c - build constraint lines, file names and versions.  What
 * parses is evaluated; negating twice must give the same answer, and a
 * constraint that holds must not ask for a newer Go than it holds under.
 */
#include "graph/source/constraint.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(struct arena *a, const struct constraint *c, const struct build_config *config,
		  const char *line, size_t len)
{
	static const char prefix[] = "//go:build";
	const size_t n = sizeof(prefix) - 1;
	const char *error;
	bool holds = constraint_eval(c, config);

	if (holds && constraint_min_go(c) > config->go_minor)
		BUG("holds under go1.%u, needs go1.%u", config->go_minor, constraint_min_go(c));
	if (len < n || memcmp(line, prefix, n) || memchr(line, '\n', len))
		return;
	const char *twice = arena_printf(a, "%s !(!(%.*s))", prefix, (int)(len - n), line + n);
	const struct constraint *d = constraint_parse_go_build(a, twice, strlen(twice), &error);

	/* A NUL ends the copy early, and two more parentheses may be too many. */
	if (!memchr(line, '\0', len) && d && constraint_eval(d, config) != holds)
		BUG("negated twice it differs");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const tags[] = { "mytag", "goexperiment.boringcrypto" };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT, err2 = ERR_INIT;
	struct build_config config, other;
	const char *line = (const char *)bytes, *error;
	const char *text = arena_strndup(&a, line, len);
	unsigned minor;

	if (build_config_init(&a, "linux/amd64", true, 21, tags, 2, &config, &err))
		BUG("%s", err.msg);
	const struct constraint *c = constraint_parse_go_build(&a, line, len, &error);

	if (!c == !error)
		BUG("a constraint or an error, not both");
	if (c)
		check(&a, c, &config, line, len);
	c = constraint_parse_plus_build(&a, line, len, &error);
	if (c)
		check(&a, c, &config, line, len);
	else if (constraint_is_plus_build(line, len) && strncmp(error, "expression", 10))
		BUG("'%s' for a // +build line", error);
	build_config_name(&config, text);
	build_config_tag(&config, line, len);
	if (!go_version_minor(text, &minor, &err))
		config.go_minor = minor;
	if (!build_config_init(&a, text, false, 21, NULL, 0, &other, &err2))
		build_config_tag(&other, line, len);
	arena_release(&a);
	return 0;
}
