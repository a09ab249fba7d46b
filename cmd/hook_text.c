/* SPDX-License-Identifier: MIT */
/* hook_text.c - what is written into hooks, and where in the text of one it stands. */
#include "cmd/hook_text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIRST_LINE "#!/bin/sh\n"
#define BEGIN "# >>> meshctl >>>"
#define END "# <<< meshctl <<<"

/*
 * The program that installed the hook comes first: others are called meshctl too.
 * Without any the commit is refused: a check that nobody makes must not look passed.
 */
#define BLOCK_HEAD \
	BEGIN "\n" \
	"# Of 'meshctl setup hook install'; 'meshctl setup hook remove' takes it out again.\n" \
	"if [ \"${MESHCTL_SKIP:-}\" != 1 ]; then\n"
#define BLOCK_TAIL \
	"\t[ -x \"$meshctl\" ] || meshctl=$(command -v meshctl) || {\n" \
	"\t\techo \"meshctl: not found, so the commit was not judged: install it, or commit with" \
	" MESHCTL_SKIP=1\" >&2\n" \
	"\t\texit 1\n" \
	"\t}\n" \
	"\t\"$meshctl\" %s || {\n" \
	"\t\techo \"meshctl: the commit is refused; with MESHCTL_SKIP=1 it passes unjudged\"" \
	" >&2\n" \
	"\t\texit 1\n" \
	"\t}\n" \
	"fi\n" \
	END "\n"

/* Is the line that begins at `at` this one?  Editors may have made its end a Windows one. */
static bool is_line(const char *text, size_t len, size_t at, const char *line)
{
	size_t n = strlen(line);

	if (len - at < n || memcmp(text + at, line, n))
		return false;
	at += n;
	at += at < len && text[at] == '\r';
	return at == len || text[at] == '\n';
}

static size_t next_line(const char *text, size_t len, size_t at)
{
	const char *nl = memchr(text + at, '\n', len - at);

	return nl ? (size_t)(nl - text) + 1 : len;
}

bool hook_find(const char *text, size_t len, struct hook_place *ret)
{
	bool inside = false;

	*ret = (struct hook_place){ 0 };
	for (size_t at = 0; at < len; at = next_line(text, len, at)) {
		if (!inside && is_line(text, len, at, BEGIN)) {
			inside = true;
			ret->first = at;
		} else if (inside && is_line(text, len, at, END)) {
			ret->end = next_line(text, len, at);
			return true;
		}
	}
	return !inside;
}

unsigned hook_line(const char *text, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

bool hook_is_shell(const char *text, size_t len)
{
	static const char *const shells[] = { "sh", "bash", "dash", "ksh", "zsh", "ash" };
	size_t n = next_line(text, len, 0);

	if (memchr(text, '\0', len))
		return false;
	/* git gives a script without a first line to sh. */
	if (len < 2 || text[0] != '#' || text[1] != '!')
		return true;
	for (size_t at = 2; at < n;) {
		size_t word = at;

		while (at < n && !strchr(" \t\r\n", text[at]))
			at++;
		while (memchr(text + word, '/', at - word))
			word += (size_t)((char *)memchr(text + word, '/', at - word) -
					 (text + word)) + 1;
		for (unsigned i = 0; i < ARRAY_SIZE(shells); i++)
			if (at - word == strlen(shells[i]) &&
			    !memcmp(text + word, shells[i], at - word))
				return true;
		at++;
	}
	return false;
}

/* As one word of a shell: 'it'\''s'. */
static const char *quoted(const char *text, struct arena *arena)
{
	char *out = arena_alloc(arena, 4 * strlen(text) + 3, 1);
	size_t n = 0;

	out[n++] = '\'';
	for (; *text; text++) {
		if (*text == '\'') {
			memcpy(out + n, "'\\''", 4);
			n += 4;
		} else {
			out[n++] = *text;
		}
	}
	out[n++] = '\'';
	out[n] = '\0';
	return out;
}

/* This program's file; the bare name where the system does not tell. */
static const char *own_path(struct arena *arena)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	if (n <= 0 || (size_t)n == sizeof(path) || memchr(path, '\n', (size_t)n))
		return "meshctl";
	return arena_strndup(arena, path, (size_t)n);
}

const char *hook_block(struct arena *arena)
{
	return arena_printf(arena, BLOCK_HEAD "\tmeshctl=%s\n" BLOCK_TAIL,
			    quoted(own_path(arena), arena),
			    &HOOK_COMMAND[sizeof("meshctl ") - 1]);
}

static const char *joined(const char *a, size_t a_len, const char *b, size_t b_len, const char *c,
			  size_t c_len, struct arena *arena, size_t *ret_len)
{
	char *out = arena_alloc(arena, a_len + b_len + c_len + 1, 1);

	memcpy(out, a, a_len);
	memcpy(out + a_len, b, b_len);
	memcpy(out + a_len + b_len, c, c_len);
	*ret_len = a_len + b_len + c_len;
	return out;
}

const char *hook_with(const char *text, size_t len, const struct hook_place *at,
		      const char *block, struct arena *arena, size_t *ret_len)
{
	size_t n = strlen(block), first = at->first, end = at->end;

	if (!len)
		return joined(FIRST_LINE, strlen(FIRST_LINE), block, n, "", 0, arena, ret_len);
	if (first == end) {
		/* Others may leave the script where they like, but not before its first line. */
		first = end = text[0] == '#' && len > 1 && text[1] == '!' ?
			      next_line(text, len, 0) : 0;
		if (first && text[first - 1] != '\n') {
			/* One that does not end: so shall the block. */
			block = arena_printf(arena, "\n%s", block);
			return joined(text, len, block, n, "", 0, arena, ret_len);
		}
	} else if (text[end - 1] != '\n') {
		n--;
	}
	return joined(text, first, block, n, text + end, len - end, arena, ret_len);
}

const char *hook_without(const char *text, size_t len, const struct hook_place *at,
			 struct arena *arena, size_t *ret_len)
{
	size_t first = at->first;

	if (first && at->end == len && text[len - 1] != '\n')
		first--;
	return joined(text, first, "", 0, text + at->end, len - at->end, arena, ret_len);
}

bool hook_is_empty(const char *text, size_t len)
{
	return !len || (len == strlen(FIRST_LINE) && !memcmp(text, FIRST_LINE, len));
}

bool hook_has_others(const char *text, size_t len, const struct hook_place *at,
		     struct arena *arena)
{
	size_t rest_len;
	const char *rest = hook_without(text, len, at, arena, &rest_len);

	return !hook_is_empty(rest, rest_len);
}

#define PRE_COMMIT \
	"# .pre-commit-config.yaml\n" \
	"repos:\n" \
	"  - repo: local\n" \
	"    hooks:\n" \
	"      - id: meshctl\n" \
	"        name: meshctl\n" \
	"        entry: " HOOK_COMMAND "\n" \
	"        language: system\n" \
	"        pass_filenames: false\n" \
	"        require_serial: true\n" \
	"        always_run: true\n"

#define LEFTHOOK \
	"# lefthook.yml\n" \
	"pre-commit:\n" \
	"  commands:\n" \
	"    meshctl:\n" \
	"      run: '[ \"${MESHCTL_SKIP:-}\" = 1 ] || " HOOK_COMMAND "'\n"

#define HUSKY \
	"# .husky/pre-commit\n" \
	"[ \"${MESHCTL_SKIP:-}\" = 1 ] || " HOOK_COMMAND "\n"

static const struct { const char *name, *text; } snippets[] = {
	{ "install", NULL },            /* what install makes where there is no hook */
	{ "lefthook", LEFTHOOK },
	{ "husky", HUSKY },
	{ "pre-commit", PRE_COMMIT },
};

const char *hook_snippet(const char *name, struct arena *arena)
{
	for (unsigned i = 0; i < ARRAY_SIZE(snippets); i++)
		if (!strcmp(name, snippets[i].name))
			return snippets[i].text ? snippets[i].text :
			       arena_printf(arena, FIRST_LINE "%s", hook_block(arena));
	return NULL;
}

const char *const *hook_snippets(struct arena *arena)
{
	const char **names = arena_array(arena, const char *, ARRAY_SIZE(snippets) + 1);

	for (unsigned i = 0; i < ARRAY_SIZE(snippets); i++)
		names[i] = snippets[i].name;
	return names;
}
