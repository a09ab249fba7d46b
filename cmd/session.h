/* SPDX-License-Identifier: MIT */
/*
 * session.h - from settings to facts: which build configurations count, reading
 * the source, building the package graph.  What every command that looks at a
 * repository does first.
 */
#ifndef MESHCTL_SESSION_H
#define MESHCTL_SESSION_H

#include "analyzers/policy/mapping.h"
#include "cmd/command.h"
#include "graph/level.h"
#include "graph/source/link.h"

struct symbols;                         /* graph/symbols.h */

struct session_wish {
	/* As the go command: --platform names one at most, else linux/amd64; no policy. */
	bool one_platform;
	bool no_policy;                 /* as if nobody had written one */
	bool lines;                     /* count lines: reads every byte */
	bool rev;                       /* fill source.rev */
	bool graph;                     /* build the package graph */
	bool contexts;                  /* with contexts; always where --level asks for them */
	bool domains;                   /* the same of domains */
	const struct policy *policy;    /* this one, whatever the tree has; NULL = the tree's */
	const struct source *like;      /* see struct source_options; or NULL */
	bool watch, committed, status_later;    /* the same */
};

/* For stderr: nobody named the contexts that are shown. */
#define SESSION_GUESSED \
	"meshctl: no policy names contexts: these are guessed from the names of folders\n"

struct session {
	struct source *source;
	const struct graph *graph;      /* NULL unless wished for; knows the groups of --level */
	const struct policy *policy;    /* never NULL */
	const struct mapping *mapping;  /* NULL without a policy file or without a graph */
	const struct manifests *manifests;      /* NULL until session_manifests() */
	struct bodies *bodies;          /* NULL until session_all_bodies() */
	struct link *link;              /* the same */
	struct arena arena;             /* configurations and graph */
	struct source_options options;  /* what is read */
	struct progress *progress;      /* base/progress.h; session_told() ends it */
	double started;                 /* seconds of a monotonic clock, for session_time() */
};

/*
 * The parts of session_open(): which policy applies and which builds count, then
 * reading, which is the source and after it the graph.  After a failure there is
 * nothing to close, but for one of session_graph().
 */
int session_begin(const struct run *run, const struct session_wish *wish, struct session *ret,
		  struct err *err);
int session_read(const struct run *run, const struct session_wish *wish, struct session *s,
		 struct err *err);
int session_source(struct session *s, struct err *err);
int session_graph(const struct run *run, const struct session_wish *wish, struct session *s,
		  struct err *err);
/* Reads what run->operand[0] (PATTERN) and the settings ask for. */
int session_open(const struct run *run, const struct session_wish *wish, struct session *ret,
		 struct err *err);
void session_close(struct session *s);
/* Before anything is written: the line of progress goes. */
void session_told(struct session *s);
/* What reads bodies as the settings ask, edge by edge; see graph/symbols.h. */
struct symbols *session_symbols(const struct session *s, const struct settings *set);
/* Says on stderr, unless -q, why there was no cache.  NULL is no symbols. */
void session_symbols_free(struct symbols *sy, const struct settings *set);
/*
 * The facts of whole files: `wanted` (ascending; NULL = all), with the workers and
 * the cache that the settings ask for.  Says on stderr, unless -q, why there is no
 * cache.  The caller releases.
 */
int session_bodies(const struct session *s, const struct settings *set, const file_id *wanted,
		   uint32_t nwanted, struct bodies **ret, struct err *err);
/* All of them, once: fills bodies and link of the session, which releases them. */
int session_all_bodies(struct session *s, const struct settings *set, struct err *err);
/*
 * Fills s->manifests: those below DIR as a user wrote it, a file, or SESSION_STDIN; NULL =
 * those that the policy names.  What is outside of the tree is read as it is on disk.
 */
#define SESSION_STDIN "-"
#define SESSION_STDIN_NAME "<stdin>"
int session_manifests(struct session *s, const char *dir, struct err *err);
/*
 * Says on stderr what the numbers may lack: `incomplete` (NULL = nothing), else,
 * unless -q, that some files could not be read.
 */
void session_doubts(const struct session *s, const struct settings *set, const char *incomplete);
/* Says on stderr how long it took, unless -q. */
void session_time(const struct session *s, const struct settings *set);
/*
 * Names on stderr, unless -q, the files whose package clause or imports could
 * not be read: for commands that tell no findings.  `everywhere` also those
 * that PATTERN does not ask for.
 */
void session_tell_broken(const struct run *run, const struct source *s, bool everywhere);

/* "ex.com/mall", "ex.com/mall and 2 more modules": what the tree is called; not escaped. */
const char *session_module(const struct source *s, struct arena *arena);

/* Where the day of --now begins, in seconds; INT64_MIN = it was not given. */
int session_day(const struct settings *set, int64_t *ret, struct err *err);

struct words {
	const char **item;              /* in the arena */
	uint32_t count;
};

/* The comma-separated parts of all values of a repeatable option, in order, each once. */
struct words session_words(const struct string_list *list, struct arena *arena);
/*
 * "--platform a/b,c/d", else the policy's: the configurations in order, each once.
 * They live in the arena.
 */
int session_configs(const struct settings *set, const struct policy *policy, bool one_platform,
		    struct arena *arena,
		    const struct build_config **ret_config, uint32_t *ret_count, struct err *err);

#endif
