/* SPDX-License-Identifier: MIT */
/*
 * fuzz_yaml.c - any bytes as YAML and as a policy: a tree whose places lie in the
 * file and whose scalars can be written and read again, or an error with a place.
 */
#include "analyzers/policy/schema.h"
#include "base/limits.h"
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define VISITED 2000u                   /* nodes; aliases make small files large */

/* What null takes away a starter may still name. */
static void check_error(const struct err *err)
{
	bool placed = !strncmp(err->msg, "f:", 2) || !strncmp(err->msg, "starter ", 8);

	if (err->code != ERR_CONFIG || !placed)
		BUG("an error without a place: '%s'", err->msg);
}

static void check_scalar(const struct yaml_node *n, struct arena *arena)
{
	const char *text = yaml_scalar(n->text, false, arena);
	struct err err = ERR_INIT;
	struct yaml_node *again;

	if (yaml_read("f", text, strlen(text), arena, &again, &err) ||
	    strcmp(again->text, n->text) != 0)
		BUG("'%s' does not read back", text);
}

static void check_tree(struct yaml_node *root, uint32_t lines, struct arena *arena)
{
	const struct yaml_node *queue[VISITED];
	uint32_t head = 0, tail = 0;

	queue[tail++] = root;
	while (head < tail) {
		const struct yaml_node *n = queue[head++];

		if (n->line < 1 || n->line > lines || n->col < 1 ||
		    (n->end_col && n->end_col <= n->col))
			BUG("a node at %u:%u-%u of %u lines", n->line, n->col, n->end_col, lines);
		if (n->kind == YAML_TEXT)
			check_scalar(n, arena);
		for (uint32_t i = 0; n->kind == YAML_LIST && i < n->count && tail < VISITED; i++)
			queue[tail++] = n->item[i];
		for (uint32_t i = 0; n->kind == YAML_MAP && i < n->count; i++) {
			if (tail + 1 >= VISITED)
				return;
			if (yaml_get(n, n->pair[i].key->text) != n->pair[i].value)
				BUG("a key twice: '%s'", n->pair[i].key->text);
			queue[tail++] = n->pair[i].key;
			queue[tail++] = n->pair[i].value;
		}
	}
}

/* What a policy prints is a policy, with as many of everything. */
static void check_policy(const struct policy *p, struct arena *arena)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct err err = ERR_INIT;
	const struct policy *again;

	policy_write(p, out);
	if (fclose(out))
		BUG("no memory stream");
	if (policy_read("f", text, len, arena, &again, NULL, &err))
		BUG("printed, it is no policy: %s", err.msg);
	if (again->nlayers != p->nlayers || again->ncontexts != p->ncontexts ||
	    again->nexceptions != p->nexceptions || again->nrules != p->nrules ||
	    again->npatterns != p->npatterns)
		BUG("printed, it is another policy");
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT, second = ERR_INIT;
	struct policy_problems problems = { 0 };
	const struct policy *p;
	struct yaml_node *root;
	uint32_t lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	if (yaml_read("f", (const char *)bytes, len, &arena, &root, &err))
		check_error(&err);
	else
		check_tree(root, lines, &arena);
	if (!policy_read("f", (const char *)bytes, len, &arena, &p, &problems, &second))
		check_policy(p, &arena);
	else if (!problems.count || !problems.item[0].at.line)
		BUG("refused without a problem: '%s'", second.msg);
	else
		check_error(&second);
	arena_release(&arena);
	return 0;
}
