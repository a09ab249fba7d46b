/* SPDX-License-Identifier: MIT */
/* hot_view.c - reads a year of history and the bodies that are worth it. */
#include "cmd/hot_view.h"
#include "analyzers/hotspots.h"
#include "analyzers/owners.h"
#include "base/date.h"
#include "base/text.h"
#include "cmd/history_view.h"
#include "cmd/report/text.h"

#include <string.h>

#define BODIES 50u
#define CHANGES_LEAST 3u                /* fewer tell nothing */
#define ROWS 3u                         /* without --all */
#define ROWS_ALL 20u

static void keep(struct history_view *v, const struct hotspot *spot, uint32_t n, struct hot *ret)
{
	struct hot_row *row = arena_array(v->arena, struct hot_row, (size_t)n + 1);

	ret->row = row;
	for (uint32_t i = 0; i < n && ret->nrows < ROWS_ALL; i++)
		if (spot[i].revs >= CHANGES_LEAST && spot[i].cognitive)
			row[ret->nrows++] = (struct hot_row){
				.path = source_file_path(v->session.source, spot[i].file,
							 v->arena),
				.owner = history_team(v, spot[i].file),
				.changes = spot[i].revs, .cognitive = spot[i].cognitive,
			};
	ret->commits = v->history->stats.counted;
	ret->shallow = v->history->stats.shallow;
}

static int rank(const struct run *run, struct history_view *v, struct hot *ret, struct err *err)
{
	const struct source *s = v->session.source;
	file_id *wanted = arena_array(v->arena, file_id, (size_t)s->nfiles + 1);
	const struct hotspot *spot;
	const file_id *busy;
	struct bodies *bodies;
	uint32_t n = 0;

	for (uint32_t f = 0; f < s->nfiles; f++)
		if (history_wants(v, (file_id){ f }, false))
			wanted[n++] = (file_id){ f };
	n = hotspots_busiest(v->history, v->number, wanted, n, BODIES, v->arena, &busy);
	if (!n)
		return 0;
	if (session_bodies(&v->session, run->set, busy, n, &bodies, err))
		return -1;
	n = hotspots_rank(s, v->history, v->number, bodies, busy, n, v->arena, &spot);
	bodies_release(bodies);
	keep(v, spot, n, ret);
	return 0;
}

void hot_read(const struct run *run, const struct session *s, struct hot *ret)
{
	struct history_view v = { .session = *s, .arena = run->arena };
	struct history_options o = { .no_cache = run->set->no_cache };
	struct err ignored = ERR_INIT;

	*ret = (struct hot){ .nrows = 0 };
	if (!s->source->rev.known || history_now(run->set, s->source, &v.now, &ignored) ||
	    date_since("12m", v.now, &o.since, &ignored))
		return;
	o.until = run->set->now ? v.now : 0;
	if (history_read(s->source, &o, &v.history, &ignored))
		return;
	v.owners = owners_open(s->source, run->arena);
	v.number = history_files(v.history, s->source, run->arena);
	if (rank(run, &v, ret, &ignored))
		ret->nrows = 0;
	history_free(v.history);
}

void hot_block(const struct report *r, FILE *out, const struct hot *h, struct arena *a)
{
	uint32_t n = r->all || h->nrows < ROWS ? h->nrows : ROWS;
	size_t changes = 0, cognitive = 0, owners = 0, paths = 0;

	if (!n)
		return;
	text_block(r, out, "HOT", arena_printf(a, "changed most where change is hardest, last 12 "
		   "months (%s%s): meshctl" TEXT_GLUE "history" TEXT_GLUE "hotspots",
		   text_count(a, h->commits, "commit", "commits"),
		   h->shallow ? " of a shallow clone" : ""));
	for (uint32_t i = 0; i < n; i++) {
		size_t c = strlen(text_number(a, h->row[i].changes));
		size_t x = strlen(text_number(a, h->row[i].cognitive));
		size_t w = text_width(text_escape(a, h->row[i].owner ? h->row[i].owner :
								       "no owner"));

		size_t p = text_width(text_escape(a, h->row[i].path));

		paths = p > paths ? p : paths;
		changes = c > changes ? c : changes;
		cognitive = x > cognitive ? x : cognitive;
		owners = w > owners ? w : owners;
	}
	owners = owners > 24 ? 24 : owners;
	size_t used = MARGIN + 2 + changes + strlen(" changes  cognitive ") + cognitive + 4 +
		      owners;
	paths = paths < SCREEN_COLUMNS - used ? paths : SCREEN_COLUMNS - used;
	for (uint32_t i = 0; i < n; i++) {
		const char *owner = h->row[i].owner ? h->row[i].owner : "no owner";
		const char *path = text_escape(a, h->row[i].path);

		path = text_pad(a, text_cut_path(a, path, paths), paths);
		fprintf(out, "%*s%*s changes  cognitive %*s  %s  %s\n", (int)MARGIN + 2, "",
			(int)changes, text_number(a, h->row[i].changes), (int)cognitive,
			text_number(a, h->row[i].cognitive), path,
			text_cut(a, text_escape(a, owner), owners));
	}
	fputc('\n', out);
}

void hot_member(struct json_out *out, const struct hot *h)
{
	json_out_open(out, "hot", JSON_ARRAY);
	for (uint32_t i = 0; i < h->nrows; i++) {
		struct json *o = json_object();

		json_set_text(o, "path", h->row[i].path);
		json_set_text(o, "owner", h->row[i].owner);
		json_set_int(o, "changes", h->row[i].changes);
		json_set_int(o, "cognitive", h->row[i].cognitive);
		json_out_value(out, o);
	}
	json_out_close(out);
}
