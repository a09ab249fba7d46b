/* SPDX-License-Identifier: MIT */
/*
 * source.h - what was read of a Go repository: modules, folders, files and
 * imports, as facts.  Nothing here is judged.
 *
 * source_read() fills a struct source once; afterwards everybody reads it
 * through a const pointer.  All of it lives until source_release().
 *
 * Order: folders by path, segment by segment; files by name (bytes) inside
 * their folder; imports in source order inside their file.  Equal input gives
 * equal arrays whatever the number of workers.
 */
#ifndef MESHCTL_SOURCE_H
#define MESHCTL_SOURCE_H

#include "base/err.h"
#include "base/sym.h"
#include "graph/source/buildcfg.h"
#include "graph/source/gomod.h"

/* A place in a file.  Lines and columns from 1, columns in bytes; line 0 = the whole file. */
struct span {
	sym_id path;                    /* relative to source.root, '/' between segments */
	uint32_t line, col, end_col;    /* end_col is exclusive; 0 = to the end of the line */
};

enum import_flag {
	IMPORT_C     = 1 << 0,          /* import "C" */
	IMPORT_BLANK = 1 << 1,          /* _ */
	IMPORT_DOT   = 1 << 2,          /* . */
};

struct go_import {
	sym_id path;                    /* unquoted */
	sym_id name;                    /* the alias, "_" or "."; none = 0 */
	uint32_t line, col, end_col;    /* of the spec (alias included), as go/token counts */
	uint32_t flags;
};

/*
 * A //meshctl:WORD... comment before the first declaration of a file.  Those
 * further down are facts of the body (body.h).
 */
struct go_directive {
	file_id file;
	sym_id text;                    /* behind the slashes, without space at its ends */
	uint32_t line, col, end_col;
	uint32_t target;                /* line of the code beside it or right below; 0 = none */
};

enum file_flag {
	FILE_TEST       = 1 << 0,       /* name ends in _test.go */
	FILE_CGO        = 1 << 1,       /* imports "C" */
	FILE_GENERATED  = 1 << 2,       /* has a "Code generated ... DO NOT EDIT." line */
	FILE_HIDDEN     = 1 << 3,       /* name begins with _ or . : never part of a package */
	FILE_DEGRADED   = 1 << 4,       /* the header has a syntax error; see problem */
	FILE_UNREADABLE = 1 << 5,       /* could not be read at all; see problem */
	FILE_BAD_BUILD  = 1 << 6,       /* its build constraint is an error; see problem */
	FILE_NO_AST     = 1 << 7,       /* degraded before a package name was known */
	FILE_BROKEN     = 1 << 8,       /* a link that leads nowhere; also FILE_UNREADABLE */
	FILE_MANY_BUILD = 1 << 9,       /* more than one //go:build; also FILE_BAD_BUILD */
};

struct go_file {
	sym_id name;                    /* base name */
	dir_id dir;
	sym_id package;                 /* the package clause; 0 when there is none */
	uint32_t flags;                 /* FILE_... */
	uint32_t configs;               /* bit c: name and constraint hold in source.config[c] */
	uint32_t package_line, package_col;
	uint32_t import_first, nimports;/* into source.import; none when degraded */
	uint32_t min_go;                /* its build constraint needs go1.<min_go>; 0 = none */
	uint32_t lines;                 /* 0 unless asked for */
	sym_id problem;                 /* why degraded, unreadable, bad; 0 = fine */
	uint32_t problem_line, problem_col;
	/* `// domain: NAME` before the first declaration (header.h); 0 = none */
	sym_id domain;
	uint32_t domain_line, domain_col, domain_end;
};

enum module_kind {
	MODULE_MOD,                     /* has a go.mod */
	MODULE_GOPATH,                  /* no go.mod: import paths are folders below src */
};

struct go_module {
	enum module_kind kind;
	sym_id folder;                  /* relative to source.root; need not be a go_dir */
	sym_id path;                    /* the module path; "" when go.mod names none */
	sym_id prefix;                  /* of its packages' import paths: path, but "" for std */
	sym_id gomod_path;              /* "sub/go.mod"; 0 = none */
	const struct gomod *mod;        /* never NULL; all empty without a go.mod */
};

enum dir_flag {
	DIR_REPORTED = 1 << 0,          /* PATTERN asks for it */
	DIR_VENDOR   = 1 << 1,          /* below a vendor folder */
	DIR_VENDORED = 1 << 2,          /* below one of a GOPATH tree: has Go files, not read */
	DIR_BROKEN   = 1 << 4,          /* a file in it has a problem */
	DIR_EXCLUDED = 1 << 5,          /* source_options.excludes left out some of its Go files */
	DIR_IRREGULAR = 1 << 3,         /* has links or special files in it */
};

struct go_dir {
	sym_id path;                    /* relative to source.root; "" is the root */
	sym_id import_path;             /* of the package in it */
	mod_id module;
	uint32_t file_first, nfiles;    /* into source.file; *.go only */
	uint32_t flags;
};

enum problem_kind {
	PROBLEM_DIR,                    /* a folder could not be read */
	PROBLEM_LIMIT,                  /* a ceiling was reached: something was left out */
	PROBLEM_GOMOD,                  /* go.mod or go.work is broken */
	PROBLEM_WORK_USE,               /* go.work uses a folder that is not there */
	PROBLEM_REPLACE,                /* replace to a folder that holds no module */
};

struct source_problem {
	enum problem_kind kind;
	struct span at;
	sym_id text;                    /* lower case, cause first */
};

struct source_stats {
	uint32_t left_out_modules;      /* nested modules that go.work does not use */
	uint32_t symlinks, ignored_dirs;/* links to folders; folders that a go.mod shuts out */
	uint32_t degraded, unreadable, generated, in_no_config, tests;
	uint32_t repositories;          /* folders that source_options.committed left out */
	uint32_t excluded;              /* Go files that source_options.excludes left out */
	uint64_t lines, bytes_read;
};

struct source_rev {                     /* empty strings outside a git repository */
	const char *commit;             /* full hex id */
	const char *branch;             /* short name, "" when detached or unborn */
	int64_t commit_time;            /* seconds, UTC; 0 = unknown */
	bool clean;                     /* no tracked file differs; true for --rev */
	bool staged;                    /* the index is read; the rest is about HEAD */
	bool known;
};

struct source {
	struct arena *arena;
	struct symtab *syms;
	const char *root;               /* absolute; what paths and identities are relative to */
	const char *pattern;            /* as given */
	const char *below;              /* the folder that it names, relative to root; or NULL */
	bool all_below;                 /* and asks for what is below that too */
	struct source_rev rev;
	const struct build_config *config;
	uint32_t nconfigs;
	const struct gomod *work;       /* go.work; NULL without one */
	sym_id work_folder;             /* where it stands */

	const struct go_module *module;
	const struct go_dir *dir;
	const struct go_file *file;
	const struct go_import *import;
	const struct go_directive *directive;   /* by file, then by line */
	const struct source_problem *problem;
	uint32_t nmodules, ndirs, nfiles, nimports, ndirectives, nproblems;
	struct source_stats stats;

	struct source_index *index;     /* for resolve.h */
	struct tree *tree;              /* for file contents: source_file_bytes() */
	const uint32_t *ref;            /* [file] for tree_read() */
	/* [file] its facts are of the bytes that git has of it; NULL = nobody looked */
	const bool *proven;
	const char *status_of;          /* the folder that source_status() has to ask about */
};

struct source_options {
	const char *dir;                /* -C; "." */
	const char *pattern;            /* NULL = "./..." */
	const char *rev;                /* NULL = the working tree */
	bool staged;                    /* the index, what would be committed; without rev */
	const struct build_config *config;
	uint32_t nconfigs;
	unsigned workers;
	/* Is this file, or all of this folder (relative to source.root),
		left out?  NULL = nothing. */
	bool (*excludes)(const void *ctx, const char *path);
	const void *excludes_ctx;
	/*
	 * A tree that was read with the same configurations, excludes and wishes: what it
	 * knows of a file of the same name and contents need not be read again.  Its
	 * contents are known where git says so (blobid.h).  NULL = none.
	 */
	const struct source *like;
	/* Use and fill the fact cache (headcache.h), where `like` does not tell what it would. */
	bool cache;
	bool count_lines;               /* read every byte, fill go_file.lines */
	/* On disk: not what another repository has below this one, which no commit would have. */
	bool committed;
	bool watch;                     /* note what is asked of the tree afterwards: treelog.h */
	bool git_status;                /* fill source.rev; costs a stat of each tracked file */
	bool status_later;              /* that is left to source_status() */
};

/* Where reading begins, for what stands beside the Go files. */
struct source_place {
	struct tree *tree;              /* tree_close() */
	const char *root;               /* as source.root */
	const char *below;              /* PATTERN's folder, relative to it */
};

/* What source_read() would read, found but not read.  Texts live in the arena. */
int source_place(const struct source_options *o, struct arena *arena, struct source_place *ret,
		 struct err *err);
/* Reads it all.  ERR_INPUT when there is nothing to read, ERR_USAGE for a bad pattern. */
int source_read(const struct source_options *o, struct source **ret, struct err *err);
/*
 * Fills source.rev where that was left; nothing where it was not.  Others may read the rest of
 * the source and of its tree at the same time.
 */
void source_status(struct source *s);
void source_release(struct source *s);

/* The bytes of one file (for code frames), at most `max`; in `arena`, NUL behind them. */
int source_file_bytes(const struct source *s, sym_id path, size_t max, struct arena *arena,
		      const char **ret_bytes, size_t *ret_len, struct err *err);

/* "internal/order/submit.go" */
const char *source_file_path(const struct source *s, file_id file, struct arena *arena);

#endif
