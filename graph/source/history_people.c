/* SPDX-License-Identifier: MIT */
/* history_people.c - authors: united by .mailmap, told from bots. */
#include "graph/source/history_part.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

enum bot_where { NAME, ENDS, EMAIL };

static const struct bot { enum bot_where where; const char *text; } bots[] = {
#define BOT(where, text) { where, text },
#include "graph/source/history_bots.def"
#undef BOT
};

static bool has_text(const char *s, const char *text)
{
	size_t len = strlen(text);

	for (; *s; s++)
		if (!strncasecmp(s, text, len))
			return true;
	return false;
}

static bool is_bot(const char *name, const char *email)
{
	size_t len = strlen(name);

	for (unsigned i = 0; i < ARRAY_SIZE(bots); i++) {
		size_t n = strlen(bots[i].text);

		switch (bots[i].where) {
		case NAME:
			if (!strcasecmp(name, bots[i].text))
				return true;
			break;
		case ENDS:
			if (len >= n && !strcasecmp(name + len - n, bots[i].text))
				return true;
			break;
		case EMAIL:
			if (has_text(email, bots[i].text))
				return true;
			break;
		}
	}
	return false;
}

/* Of the commit, not of the working tree: the same commit has the same people. */
static git_mailmap *mailmap_of(git_repository *repo, const struct blob_id *id)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_blob *blob = NULL;
	git_mailmap *ret = NULL;
	git_oid oid;

	memcpy(oid.id, id->byte, BLOB_ID_BYTES);
	if (!git_commit_lookup(&commit, repo, &oid) && !git_commit_tree(&tree, commit)) {
		const git_tree_entry *e = git_tree_entry_byname(tree, ".mailmap");

		if (e && git_tree_entry_type(e) == GIT_OBJECT_BLOB &&
		    !git_blob_lookup(&blob, repo, git_tree_entry_id(e)) &&
		    git_mailmap_from_buffer(&ret, git_blob_rawcontent(blob),
					    (size_t)git_blob_rawsize(blob)))
			ret = NULL;
	}
	git_blob_free(blob);
	git_tree_free(tree);
	git_commit_free(commit);
	return ret;
}

struct named { struct history_person person; uint32_t first; };

static int by_name(const void *va, const void *vb, void *ctx UNUSED)
{
	const struct named *a = va, *b = vb;

	return strcmp(a->person.name, b->person.name);
}

/* One person a name; numbers by name. */
static void number(struct history_people *p, struct named *list, uint32_t n, struct arena *arena)
{
	struct history_person *person = arena_array(arena, struct history_person, n + 1);
	uint32_t *number_of = xcalloc((size_t)n + 1, sizeof(*number_of));

	sort_with(list, n, sizeof(*list), by_name, NULL);
	for (uint32_t i = 0; i < n; i++) {
		number_of[list[i].first] = i;
		person[i] = list[i].person;
	}
	for (uint32_t i = 0; i < p->npersons; i++)
		p->of[i] = number_of[p->of[i]];
	free(number_of);
	p->person = person;
	p->npersons = n;
}

void history_people(git_repository *repo, const struct blob_id *commit,
		    const struct historylog *log, struct arena *arena,
		    struct history_people *ret)
{
	git_mailmap *map = mailmap_of(repo, commit);
	uint32_t n = log->whos.count, count = 0;
	struct arena scratch = ARENA_INIT;
	struct named *list = xcalloc((size_t)n + 2, sizeof(*list));
	uint32_t *seen;
	struct symtab names;

	symtab_init(&names, &scratch);
	seen = xcalloc((size_t)n + 2, sizeof(*seen));
	*ret = (struct history_people){
		.of = arena_array(arena, uint32_t, n + 1), .bot = arena_array(arena, bool, n + 1),
	};
	for (uint32_t i = 0; i < n; i++) {
		const char *text = sym_text(&log->whos, (sym_id){ i });
		const char *name, *email;

		char *own = arena_strdup(arena, strchr(text, '\n') ? text : "\n");
		char *newline = strchr(own, '\n');

		*newline = '\0';
		if (!map || git_mailmap_resolve(&name, &email, map, own, newline + 1)) {
			name = own;
			email = newline + 1;
		}
		const char *known = *name ? name : *email ? email : "(no name)";
		uint32_t id = sym_from(&names, known).v;

		ret->bot[i] = is_bot(name, email);
		if (!seen[id]) {
			list[count] = (struct named){ .first = count };
			list[count].person.name = arena_strdup(arena, known);
			list[count].person.email = arena_strdup(arena, email);
			seen[id] = ++count;
		}
		ret->of[i] = seen[id] - 1;
	}
	ret->npersons = n;
	number(ret, list, count, arena);
	free(list);
	free(seen);
	symtab_release(&names);
	arena_release(&scratch);
	git_mailmap_free(map);
}
