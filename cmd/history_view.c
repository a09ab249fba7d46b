/* SPDX-License-Identifier: MIT */
/* history_view.c - reads source and history for a topic, and closes them again. */
#include "cmd/history_view.h"
#include "analyzers/owners.h"
#include "base/date.h"
#include "cmd/report/report.h"

#include <string.h>

int history_now(const struct settings *set, const struct source *s, int64_t *ret, struct err *err)
{
	if (session_day(set, ret, err))
		return -1;
	*ret = set->now ? *ret + SECONDS_A_DAY - 1 : s->rev.commit_time;
	return 0;
}

static int open_history(const struct run *run, const char *since, struct history_view *v,
			struct err *err)
{
	const struct source *s = v->session.source;
	struct history_options o = {
		.no_cache = run->set->no_cache, .workers = run->set->jobs,
		.change_set = v->change_set,
	};

	if (history_now(run->set, s, &v->now, err) ||
	    date_since(run->set->since ? run->set->since : since, v->now, &v->since, err))
		return -1;
	o.since = v->since;
	o.churn = run->set->churn;
	o.churn_since = v->since;
	if (v->churn_year && date_since("12m", v->now, &o.churn_since, err))
		return -1;
	o.until = run->set->now ? v->now : 0;
	if (history_read(s, &o, &v->history, err))
		return -1;
	if (v->history->cache_note && !run->set->quiet)
		fprintf(stderr, "meshctl: %s\n", v->history->cache_note);
	return 0;
}

int history_view_read(const struct run *run, const char *since, struct history_view *v,
		      struct err *err)
{
	const struct report work = { .source = v->session.source, .graph = v->session.graph };

	if (open_history(run, since, v, err))
		return -1;
	v->arena = run->arena;
	v->status = report_status(&work, run->arena, &v->incomplete);
	v->owners = owners_open(v->session.source, run->arena);
	v->number = history_files(v->history, v->session.source, run->arena);
	v->shown = run->set->all ? UINT32_MAX : 0;
	return 0;
}

int history_view_open(const struct run *run, const char *since, struct history_view *v,
		      struct err *err)
{
	const struct session_wish wish = { .lines = true, .rev = true, .graph = true };

	if (run->set->given & OPT_BIT(OPT_TOP) && run->set->all)
		return err_set(err, ERR_USAGE, "--top and --all exclude each other");
	if (session_open(run, &wish, &v->session, err))
		return -1;
	if (history_view_read(run, since, v, err)) {
		session_close(&v->session);
		return -1;
	}
	return 0;
}

void history_view_columns(struct history_view *v, const struct history_column *all,
			  const bool *shown, uint32_t count)
{
	struct history_column *column = arena_array(v->arena, struct history_column, count);

	v->chosen = arena_array(v->arena, uint32_t, count);
	v->ncolumns = 0;
	for (uint32_t c = 0; c < count; c++)
		if (shown[c]) {
			v->chosen[v->ncolumns] = c;
			column[v->ncolumns++] = all[c];
		}
	v->column = column;
}

void history_view_row(struct history_view *v, uint32_t row, const struct history_cell *cell)
{
	if (!v->cell)
		v->cell = arena_array(v->arena, struct history_cell,
				      (size_t)v->nrows * v->ncolumns + 1);
	for (uint32_t c = 0; c < v->ncolumns; c++)
		v->cell[(size_t)row * v->ncolumns + c] = cell[v->chosen[c]];
}

void history_view_close(struct history_view *v)
{
	history_free(v->history);
	session_close(&v->session);
}

/* The owner of the context that the file's package is in. */
static const char *context_owner(const struct history_view *v, file_id file)
{
	const struct mapping *m = v->session.mapping;
	dir_id dir = v->session.source->file[file.v].dir;

	for (uint32_t p = 0; m && p < m->graph->npkgs; p++) {
		uint32_t context = m->of[p].context;

		if (m->graph->dir[p].v == dir.v && context != POLICY_NONE)
			return m->context[context].spec ? m->context[context].spec->owner.text :
							  NULL;
	}
	return NULL;
}

const char *history_team(const struct history_view *v, file_id file)
{
	const char *path = source_file_path(v->session.source, file, v->arena), *found = NULL;
	uint32_t line;

	if (v->owners)
		found = owners_of(v->owners, path, &line);
	return found && *found ? found : context_owner(v, file);
}

bool history_wants(const struct history_view *v, file_id file, bool tests)
{
	const struct source *s = v->session.source;
	const struct go_file *f = &s->file[file.v];

	return s->dir[f->dir.v].flags & DIR_REPORTED && !(s->dir[f->dir.v].flags & DIR_VENDOR) &&
	       !(f->flags & (FILE_HIDDEN | FILE_GENERATED)) && (tests || !(f->flags & FILE_TEST));
}
