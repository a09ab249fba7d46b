/* SPDX-License-Identifier: MIT */
/* odd_parts.c - what tells a template, half of a manifest, a file in UTF-16. */
#include "graph/source/manifests/odd_parts.h"
#include "graph/source/manifests/manifests.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* "{{- if", "{{#each", "{%": what decides which lines there are. */
static bool decides(const char *at, const char *end)
{
	static const char *const words[] = {
		"if", "else", "end", "range", "with", "define", "template", "include", "block",
	};

	if (end - at >= 2 && at[0] == '{' && at[1] == '%')
		return true;
	for (at += 2; at < end && (is_blank(*at) || *at == '-' || *at == '~'); at++)
		;
	if (at < end && (*at == '#' || *at == '/'))
		return true;
	for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(end - at) > n && !strncmp(at, words[i], n) &&
		    (is_blank(at[n]) || at[n] == '}' || at[n] == '-'))
			return true;
	}
	return false;
}

/* Behind the "}}"; NULL = there is none near. */
static const char *closing(const char *at, const char *end)
{
	for (uint32_t i = 0; i < 1000 && end - at >= 2; i++, at++)
		if (at[0] == '}' && at[1] == '}')
			return at + 2;
	return NULL;
}

/* A line that was nothing but {{...}} says nothing in the end. */
static bool is_alone(const char *begin, const char *at, const char *behind, const char *end)
{
	for (; at > begin && at[-1] != '\n'; at--)
		if (!is_blank(at[-1]))
			return false;
	for (; behind < end && *behind != '\n'; behind++)
		if (!is_blank(*behind))
			return false;
	return true;
}

bool odd_is_template(const struct yaml_part *p, struct arena *arena)
{
	const char *end = p->bytes + p->len, *behind;
	char *plain = arena_alloc(arena, p->len + 1, 1);
	struct yaml_node *ignored;
	struct err err = ERR_INIT;
	uint32_t found = 0;
	size_t n = 0;

	for (const char *at = p->bytes; at < end;) {
		bool opens = end - at >= 2 && at[0] == '{' && (at[1] == '{' || at[1] == '%');

		if (opens && decides(at, end))
			return true;
		behind = opens ? closing(at + 2, end) : NULL;
		if (!behind) {
			plain[n++] = *at++;
			continue;
		}
		if (!is_alone(p->bytes, at, behind, end))
			plain[n++] = 'x';
		at = behind;
		found++;
	}
	return found && !yaml_read_part("", plain, n, p->line, arena, &ignored, &err);
}

const char *odd_lacks(const struct yaml_node *root)
{
	const char *kind = manifest_text(yaml_get(root, "kind"));
	const char *api = manifest_text(yaml_get(root, "apiVersion"));

	/* Others too have a kind, but hardly the name where a cluster looks for it. */
	if (!*manifest_text(manifest_at(root, "metadata", "name", NULL)))
		return NULL;
	if (!*api && *kind >= 'A' && *kind <= 'Z')
		return "apiVersion";
	return *api && !*kind ? "kind" : NULL;
}

static const struct yaml_node *entries_of(const struct yaml_node *n)
{
	const char *kind = manifest_text(yaml_get(n, "kind"));
	const struct yaml_node *items = yaml_get(n, "items");
	size_t len = strlen(kind);

	return len >= 4 && !strcmp(kind + len - 4, "List") && items && items->kind == YAML_LIST &&
	       *manifest_text(yaml_get(n, "apiVersion")) ? items : NULL;
}

void odd_entries(const struct yaml_node *root,
		 void (*take)(void *ctx, const struct yaml_node *list,
			      const struct yaml_node *entry), void *ctx)
{
	struct { const struct yaml_node *list, *items; uint32_t next; } *stack = NULL;
	uint32_t n = 1, cap = 0;

	if (!entries_of(root)) {
		take(ctx, root, root);
		return;
	}
	VEC_RESERVE(stack, cap, n);
	stack[0].list = root;
	stack[0].items = entries_of(root);
	stack[0].next = 0;
	while (n) {
		if (stack[n - 1].next == stack[n - 1].items->count) {
			n--;
			continue;
		}
		const struct yaml_node *entry = stack[n - 1].items->item[stack[n - 1].next++];
		const struct yaml_node *own = entries_of(entry);

		if (!own) {
			take(ctx, stack[n - 1].list, entry);
			continue;
		}
		/* No deeper than yaml-depth, with aliases no more than yaml-nodes. */
		VEC_RESERVE(stack, cap, n + 1);
		stack[n].list = entry;
		stack[n].items = own;
		stack[n++].next = 0;
	}
	free(stack);
}

bool odd_is_utf16(const char *bytes, size_t len)
{
	static const char word[] = "apiVersion";
	bool little = len >= 2 && !memcmp(bytes, "\xff\xfe", 2);
	size_t hits = 0;

	if (!little && (len < 2 || memcmp(bytes, "\xfe\xff", 2) != 0))
		return false;
	for (size_t i = 2; i + 1 < len && hits < sizeof(word) - 1; i += 2) {
		char c = bytes[little ? i : i + 1];
		bool plain = !bytes[little ? i + 1 : i];

		hits = plain && c == word[hits] ? hits + 1 : plain && c == word[0];
	}
	return hits == sizeof(word) - 1;
}
