/* SPDX-License-Identifier: MIT */
/* ci.c - the embedded files of templates/ci, with their words filled in. */
#include "templates/ci.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where releases and the action are; forks build with their own. */
#ifndef MESHCTL_REPOSITORY
#define MESHCTL_REPOSITORY "meshctl/meshctl"
#endif
#define RELEASE "https://github.com/" MESHCTL_REPOSITORY "/releases/download/v" MESHCTL_VERSION
#define TARBALL RELEASE "/meshctl-" MESHCTL_VERSION "-linux-x86_64.tar.gz"

#define CI_TEMPLATE(id, path, next) \
	extern const unsigned char ci_##id##_text[]; \
	extern const size_t ci_##id##_len;
#include "templates/ci.def"
#undef CI_TEMPLATE

const struct ci_template ci_templates[] = {
#define CI_TEMPLATE(id, path, next) { #id, path, next, ci_##id##_text, &ci_##id##_len },
#include "templates/ci.def"
#undef CI_TEMPLATE
};
const unsigned nci_templates = ARRAY_SIZE(ci_templates);

/* The value of the word at `at`, which begins with '@'; NULL where it is none. */
static const char *value_at(const struct ci_template *t, const char *at, size_t *ret_len)
{
	const struct { const char *word, *value; } words[] = {
		{ "@REPOSITORY@", MESHCTL_REPOSITORY },
		{ "@VERSION@", MESHCTL_VERSION },
		{ "@TARBALL@", TARBALL },
		{ "@PATH@", t->path },
	};

	for (unsigned i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(at, words[i].word, strlen(words[i].word))) {
			*ret_len = strlen(words[i].word);
			return words[i].value;
		}
	return NULL;
}

const char *ci_template_text(const struct ci_template *t, struct arena *arena)
{
	const char *in = (const char *)t->text, *result;
	size_t len = 0, skip;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		BUG("no memory for a template");
	while (*in) {
		const char *value = *in == '@' ? value_at(t, in, &skip) : NULL;

		if (value) {
			fputs(value, out);
			in += skip;
		} else {
			fputc(*in++, out);
		}
	}
	if (fclose(out))
		BUG("no memory for a template");
	result = arena_strndup(arena, text, len);
	free(text);
	return result;
}
