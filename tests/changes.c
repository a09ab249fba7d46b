/* SPDX-License-Identifier: MIT */
/*
 * changes.c - prints what a repository's log says: each commit that is no merge, and
 * the paths that it changed, for a comparison with `git log --name-only`.
 */
#include "graph/source/gitrev.h"
#include "graph/source/historylog.h"

#include <git2.h>
#include <stdio.h>
#include <string.h>

static int by_text(const void *a, const void *b, void *ctx)
{
	const struct historylog *l = ctx;

	return strcmp(sym_text(&l->paths, (sym_id){ ((const struct log_change *)a)->path }),
		      sym_text(&l->paths, (sym_id){ ((const struct log_change *)b)->path }));
}

static void print(struct historylog *l, const struct log_commit *c)
{
	printf("commit ");
	for (size_t i = 0; i < BLOB_ID_BYTES; i++)
		printf("%02x", c->id.byte[i]);
	printf("%s\n", c->flags & LOG_UNKNOWN ? " unknown" : "");
	sort_with(l->change + c->change_first, c->nchanges, sizeof(*l->change), by_text, l);
	for (uint32_t i = 0; i < c->nchanges; i++) {
		const struct log_change *change = &l->change[c->change_first + i];

		printf("%s", sym_text(&l->paths, (sym_id){ change->path }));
		if (change->from)
			printf("\t%s", sym_text(&l->paths, (sym_id){ change->from }));
		putchar('\n');
	}
}

/* changes DIR [REV [cache | alone]] */
int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct source_rev rev;
	struct historylog log;
	struct blob_id tip;

	if (argc < 2)
		return 2;
	gitrev_start();
	git_repository *repo = gitrev_open(argv[1], &err);
	git_commit *commit = repo ? gitrev_commit(repo, argc > 2 ? argv[2] : "HEAD", &arena, &rev,
						  &err) : NULL;

	if (!commit) {
		fprintf(stderr, "%s\n", err.msg);
		return 2;
	}
	memcpy(tip.byte, git_commit_id(commit)->id, BLOB_ID_BYTES);
	const struct historylog_wish wish = {
		.horizon = INT64_MIN, .no_cache = argc < 4 || strcmp(argv[3], "cache") != 0,
		.workers = argc == 4 && !strcmp(argv[3], "alone"),
	};

	historylog_read(repo, &tip, &wish, &arena, &log);
	for (size_t i = 0; i < log.ncommits; i++)
		if (!(log.commit[i].flags & LOG_MERGE))
			print(&log, &log.commit[i]);
	fprintf(stderr, "%u mined, %u missing\n", log.mined, log.missing);
	historylog_release(&log);
	git_commit_free(commit);
	git_repository_free(repo);
	gitrev_stop();
	arena_release(&arena);
	return 0;
}
