/* SPDX-License-Identifier: MIT */
/*
 * history.h - which commits changed which files, as git knows: one row a commit
 * that counts, one a file of the tree, and who wrote it.
 *
 * Read from raw objects, tree against tree; merges and bots (history_bots.def) do
 * not count.  A change set is the files of one commit; sets of more than
 * options.change_set paths are HISTORY_LARGE and, as code-maat drops them, in no
 * number but who wrote what.  Files keep their history under a new name where the
 * contents are equal, or the folder moved.  Times are the committer's, in seconds
 * since 1970, UTC.
 */
#ifndef MESHCTL_HISTORY_H
#define MESHCTL_HISTORY_H

#include "base/err.h"
#include "graph/source/blobid.h"

#define HISTORY_NONE UINT32_MAX

struct history_options {
	/* Commits before it do not count; INT64_MIN = all.  Less is read where it is recent. */
	int64_t since;
	int64_t until;                  /* nor those behind it; 0 = none is */
	bool no_cache;
	unsigned workers;               /* 0 = one a processor */
	uint32_t change_set;            /* most paths of a commit; 0 = LIMIT_CHANGE_SET */
	/* Reads the contents of Go files before and after each change since then. */
	bool churn;
	int64_t churn_since;
};

enum history_flag {
	HISTORY_LARGE = 1 << 0,         /* more than options.change_set paths */
	HISTORY_FIX   = 1 << 1,         /* its message has a word of history_words.def */
};

struct history_commit {
	struct blob_id id;
	int64_t time;
	uint32_t person;                /* its author, in history.person */
	uint32_t flags;                 /* enum history_flag */
	uint32_t changed;               /* paths that it changed, those that are gone as well */
	uint32_t touch_first, ntouches; /* files of today's tree, each once, ascending */
};

struct history_person {
	const char *name, *email;       /* as .mailmap of the commit says; hostile text */
	uint32_t commits;
	int64_t first, last;
};

/* A file of the commit's tree below source.root; every kind, not only Go. */
struct history_file {
	const char *path;               /* relative to source.root */
	uint32_t revs;                  /* commits that changed it, without HISTORY_LARGE */
	uint32_t fixes;                 /* HISTORY_FIX of revs */
	uint32_t sum;                   /* sum of coupling: of (changed - 1) over revs */
	uint32_t commit_first, ncommits;/* history.by_file: LARGE ones too, the last first */
	int64_t first, last;            /* of those commits; 0 = none */
	uint32_t creator;               /* the person who added it, or HISTORY_NONE */
	/* Where churn is asked for, of Go files: lines of revs, renames of equal contents 0. */
	uint64_t added, deleted;
};

struct history_stats {
	uint32_t read;                  /* commits that were looked at, in the window */
	uint32_t counted;               /* history.commit without HISTORY_LARGE */
	uint32_t large, merges, bots;   /* left out */
	uint32_t change_set;            /* what is more than that is large */
	uint32_t future;                /* dated after `until`, or after the commit by a day */
	uint32_t missing;               /* objects that are not there: a partial clone, damage */
	uint32_t replaced;              /* refs/replace, which are not followed */
	uint32_t mined;                 /* commits that no cache knew */
	bool shallow;                   /* the repository does not have its whole history */
	int64_t first;                  /* the oldest commit that counts; 0 = none */
};

struct history {
	const struct history_commit *commit;    /* the last first */
	const uint32_t *touch;          /* files, by commit */
	const struct history_file *file;        /* by path (bytes) */
	const uint32_t *by_file;        /* commits, by file */
	const struct history_person *person;    /* by name, then by email */
	uint32_t ncommits, nfiles, npersons, ntouches;
	int64_t tip;                    /* the time of the commit that it is the history of */
	struct history_stats stats;
	const char *cache_note;         /* one line for stderr: why there is no cache; or NULL */
	struct arena arena;             /* owns all of it */
};

/*
 * The history of source.rev.commit, which must be known.  ERR_INPUT where there is
 * no repository or no commit.  What is missing in the repository is counted.
 */
int history_read(const struct source *s, const struct history_options *o, struct history **ret,
		 struct err *err);
void history_free(struct history *h);

/* The number of the file, or HISTORY_NONE. */
uint32_t history_find(const struct history *h, const char *path);
/* Where each source.file is in history.file, or HISTORY_NONE: ret[s->nfiles], in the arena. */
uint32_t *history_files(const struct history *h, const struct source *s, struct arena *arena);

/*
 * Commits (without HISTORY_LARGE) that changed a file of `a` and a file of `b`;
 * files by number, ascending.  In *ret_a, *ret_b those of each by itself.
 */
uint32_t history_shared(const struct history *h, const uint32_t *a, uint32_t na,
			const uint32_t *b, uint32_t nb, uint32_t *ret_a, uint32_t *ret_b);

/* How well somebody knows a file; see history_know(). */
struct history_share {
	uint32_t person, changes;
	double authorship;              /* degree of authorship, as printed in the paper */
	bool is_author;
};

/*
 * Who changed the file, the most first: in the arena.  Degree of authorship is
 * 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC): FA = added it, DL = own changes,
 * AC = those of others; author = more than 0.75 of the largest, and at least 3.293
 * (Avelino et al., A novel approach for estimating truck factors, ICPC 2016).
 */
uint32_t history_know(const struct history *h, uint32_t file, struct arena *arena,
		      const struct history_share **ret);
/*
 * The truck factor of a set of files: how many persons, those who are authors of
 * the most files first, must leave until more than half of the files have no author.
 * 0 where none has one.
 */
uint32_t history_truck_factor(const struct history *h, const uint32_t *file, uint32_t count,
			      struct arena *arena);

/* Whole months between two times, as on a calendar; 0 where `then` is later. */
int64_t history_months(int64_t then, int64_t now);

#endif
