/* SPDX-License-Identifier: MIT */
/*
 * history_view.h - what the topics of `meshctl history` about files share: reading
 * source and history, and one table that is a screen, JSON or CSV.
 */
#ifndef MESHCTL_HISTORY_VIEW_H
#define MESHCTL_HISTORY_VIEW_H

#include "cmd/output.h"
#include "cmd/session.h"
#include "graph/source/history.h"

struct json_out;
struct owners;

enum history_cell_kind {
	CELL_NUMBER,
	CELL_SHARE,                     /* 0 to 1; NAN = not known */
	CELL_TEXT,                      /* NULL = none */
	CELL_PATH,                      /* the same, its end says most; gives way on a screen */
};

struct history_column {
	const char *key;                /* of JSON and CSV */
	const char *title;              /* of the screen; NULL = not shown there */
	enum history_cell_kind kind;
};

struct history_cell { double number; const char *text; };

struct history_view {
	const char *topic;              /* "hotspots" */
	const struct history_column *column;
	struct history_cell *cell;      /* [nrows * ncolumns], the first rows first */
	uint32_t ncolumns, nrows;
	uint32_t *chosen;               /* [ncolumns] of those that the topic has */
	const char *one, *many;         /* of rows: "file", "files" */
	const char *note;               /* how to read it, below the table; or NULL */
	const char *incomplete;
	enum exit_status status;

	struct session session;
	struct history *history;
	const struct owners *owners;    /* NULL = no CODEOWNERS */
	uint32_t *number;               /* [source.nfiles] in history.file, or HISTORY_NONE */
	int64_t now, since;
	bool churn_year;                /* lines of --churn are those of 12 months */
	uint32_t change_set;            /* as struct history_options */
	uint32_t shown;                 /* rows of a screen; UINT32_MAX = all */
	struct arena *arena;
};

#define HISTORY_OPTIONS \
	(OPT_BIT(OPT_DIR) | OPT_TREE | OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_JSON) | \
	 OPT_BIT(OPT_OUTPUT) | OPT_BIT(OPT_CONFIG) | OPT_BIT(OPT_NOW) | OPT_BIT(OPT_ALL) | \
	 OPT_BIT(OPT_TOP) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_NO_CACHE) | OPT_BIT(OPT_COLOR) | \
	 OPT_BIT(OPT_QUIET))

/* The day that counts as today: --now, else that of the commit; ERR_USAGE. */
int history_now(const struct settings *set, const struct source *s, int64_t *ret, struct err *err);

/*
 * Reads what PATTERN asks for and its history since --since, else `since`.  After a
 * failure there is nothing to close.
 */
int history_view_open(const struct run *run, const char *since, struct history_view *v,
		      struct err *err);
/*
 * The second half of that: the history of a session that is open already, which must
 * know its commit.  After a failure there is nothing to free.
 */
int history_view_read(const struct run *run, const char *since, struct history_view *v,
		      struct err *err);
/* What stands in the table, of the topic: columns, rows, words. */
int history_hotspots_rows(const struct run *run, struct history_view *v, struct err *err);
int history_owners_rows(const struct run *run, struct history_view *v, struct err *err);
/* The columns of `all` that are shown; then a row of the nrows, of as many cells as `all` has. */
void history_view_columns(struct history_view *v, const struct history_column *all,
			  const bool *shown, uint32_t count);
void history_view_row(struct history_view *v, uint32_t row, const struct history_cell *cell);
/* Columns, at most so many rows, and what git was asked, as members. */
void history_view_members(const struct history_view *v, uint32_t most, struct json_out *out);
/* Every stream that was asked for; the rest of the run: an exit status or -1. */
int history_view_write(const struct run *run, struct history_view *v, struct err *err);
void history_view_close(struct history_view *v);

/* Teams of a Go file: CODEOWNERS, else the owner of its context; or NULL. */
const char *history_team(const struct history_view *v, file_id file);
/* Is the file one that is judged: asked for, of a package, not generated; tests on request. */
bool history_wants(const struct history_view *v, file_id file, bool tests);

#endif
