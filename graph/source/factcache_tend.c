/* SPDX-License-Identifier: MIT */
/* factcache_tend.c - the cache looked at and emptied by its owner. */
#include "base/limits.h"
#include "graph/source/factcache_part.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void factcache_status(const struct factcache_options *o, struct arena *arena,
		      struct factcache_status *ret)
{
	struct place place;
	struct stats stats;

	*ret = (struct factcache_status){
		.limit = o->limit ? o->limit : limit_of(LIMIT_CACHE_BYTES),
	};
	if (place_open(&place, o->folder, false) && place_lock(&place, false)) {
		struct sound young = factcheck(place.folder, place_file(YOUNG));
		struct sound old = factcheck(place.folder, place_file(OLD));

		stats_read(&place, &stats);
		ret->runs = stats.runs;
		ret->asked = stats.asked;
		ret->found = stats.found;
		ret->young.present = young.is != FILE_ABSENT;
		ret->young.entries = young.entries;
		ret->young.bytes = young.bytes;
		ret->young.since = ret->young.present ? stats.since[YOUNG] : 0;
		ret->old.present = old.is != FILE_ABSENT;
		ret->old.entries = old.entries;
		ret->old.bytes = old.bytes;
		ret->old.since = ret->old.present ? stats.since[OLD] : 0;
		if (young.why)
			place_note(&place, "'%.300s/%s' %s", place.path, place_file(YOUNG),
				   young.why);
		if (old.why)
			place_note(&place, "'%.300s/%s' %s", place.path, place_file(OLD),
				   old.why);
	}
	ret->folder = arena_strdup(arena, place.path);
	ret->note = place.note[0] ? arena_strdup(arena, place.note) : NULL;
	place_close(&place);
}

static int delete_one(struct place *p, enum generation g, uint64_t *bytes, struct err *err)
{
	struct sound s = factcheck(p->folder, place_file(g));

	if (s.is == FILE_FOREIGN)
		return err_set(err, ERR_SYSTEM, "'%.200s/%s' %s", p->path, place_file(g), s.why);
	if (unlinkat(p->folder, place_file(g), 0)) {
		if (errno == ENOENT)
			return 0;
		return err_set(err, ERR_SYSTEM, "cannot delete '%.200s/%s': %s", p->path,
			       place_file(g), strerror(errno));
	}
	*bytes += s.bytes;
	return 0;
}

static int delete(struct place *p, bool all, uint64_t *ret_bytes, struct err *err)
{
	struct stats stats;

	stats_read(p, &stats);
	if (delete_one(p, OLD, ret_bytes, err) || (all && delete_one(p, YOUNG, ret_bytes, err)))
		return -1;
	stats.since[OLD] = 0;
	if (all)
		stats = (struct stats){ .magic = stats.magic };
	stats_write(p, &stats);
	return 0;
}

int factcache_delete(const struct factcache_options *o, bool all, uint64_t *ret_bytes,
		     struct err *err)
{
	struct place place;
	int rc = 0;

	*ret_bytes = 0;
	if (place_open(&place, o->folder, false) && place_lock(&place, true))
		rc = delete(&place, all, ret_bytes, err);
	else if (place.note[0])
		rc = err_set(err, ERR_SYSTEM, "%s", place.note);
	place_close(&place);
	return rc;
}
