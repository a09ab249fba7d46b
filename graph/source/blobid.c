/* SPDX-License-Identifier: MIT */
/* blobid.c - ids from the index where its stat data match. */
#include "graph/source/blobid.h"
#include "base/pool.h"
#include "graph/source/gitindex.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"

#include <fcntl.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files that one job looks at; the first job asks about filters. */
#define PORTION 128u

struct lookup {
	const struct source *s;
	const file_id *file;
	uint32_t count;
	struct blob_hint *hint;
	bool ids, indexed, filtered;
	struct gitindex index;
	const char *prefix;             /* of source.root in the working tree */
	int root;                       /* source.root, open */
	struct arena *scratch;          /* [worker] */
};

void blob_id_of(const void *bytes, size_t len, struct blob_id *ret)
{
	git_oid oid;

	if (git_odb_hash(&oid, bytes, len, GIT_OBJECT_BLOB))
		BUG("libgit2 cannot hash %zu bytes", len);
	memcpy(ret->byte, oid.id, BLOB_ID_BYTES);
}

static void look(struct lookup *l, struct arena *a, uint32_t i)
{
	const char *path = source_file_path(l->s, l->file[i], a);
	struct blob_hint *hint = &l->hint[i];
	const struct gitindex_entry *e;
	struct stat st;

	if (fstatat(l->root, path, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
		return;
	hint->sized = true;
	hint->size = (uint64_t)st.st_size;
	e = l->indexed ? gitindex_find(&l->index, path_join(a, l->prefix, path)) : NULL;
	if (e && gitindex_matches(&l->index, e, &st)) {
		memcpy(hint->id.byte, e->id, BLOB_ID_BYTES);
		hint->known = true;
	}
}

/* The configuration of a repository that libgit2 cannot open is not known. */
static bool has_filters(const char *dir)
{
	struct err ignored = ERR_INIT;
	git_repository *repo = gitrev_open(dir, &ignored);
	bool found = !repo || gitrev_has_filters(repo);

	git_repository_free(repo);
	return found;
}

/* libgit2 starts slowly: it does so while others ask for stat data. */
static void look_at_some(void *ctx, unsigned worker, uint32_t job)
{
	struct lookup *l = ctx;

	if (!job) {
		if (l->ids)
			gitrev_start();
		l->filtered = l->indexed && has_filters(l->s->root);
		return;
	}
	for (uint32_t i = (job - 1) * PORTION; i < job * PORTION && i < l->count; i++)
		look(l, &l->scratch[worker], i);
	arena_reset(&l->scratch[worker]);
}

static void from_disk(struct lookup *l, unsigned workers)
{
	struct arena arena = ARENA_INIT;
	const char *index;

	l->root = open(l->s->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	l->indexed = l->ids && gitindex_locate(l->s->root, &arena, &index, &l->prefix) &&
		     gitindex_read(index, NULL, GITINDEX_SHA1, &arena, &l->index);
	l->scratch = xcalloc(workers, sizeof(*l->scratch));
	pool_run_large(workers, (l->count + PORTION - 1) / PORTION + 1, look_at_some, l);
	for (uint32_t i = 0; i < l->count && l->filtered; i++)
		l->hint[i].known = false;
	for (unsigned i = 0; i < workers; i++)
		arena_release(&l->scratch[i]);
	free(l->scratch);
	if (l->root >= 0)
		close(l->root);
	arena_release(&arena);
}

/* Files of a commit name themselves, but for those of SHA-256. */
static void from_commit(struct lookup *l)
{
	for (uint32_t i = 0; i < l->count; i++) {
		const unsigned char *id = tree_blob(l->s->tree, l->s->ref[l->file[i].v]);

		if (!id)
			break;
		memcpy(l->hint[i].id.byte, id, BLOB_ID_BYTES);
		l->hint[i].known = true;
	}
	if (l->ids)
		gitrev_start();
}

static void hints(struct lookup *l, unsigned workers)
{
	if (l->count)
		memset(l->hint, 0, l->count * sizeof(*l->hint));
	if (l->s->tree->on_disk)
		from_disk(l, workers);
	else
		from_commit(l);
}

void blob_ids_begin(const struct source *s, const file_id *file, uint32_t count, unsigned workers,
		    struct blob_hint *ret)
{
	hints(&(struct lookup){ .s = s, .file = file, .count = count, .hint = ret, .prefix = "",
				.ids = true }, workers);
}

void blob_ids_end(void)
{
	gitrev_stop();
}

void blob_sizes(const struct source *s, const file_id *file, uint32_t count, unsigned workers,
		struct blob_hint *ret)
{
	hints(&(struct lookup){ .s = s, .file = file, .count = count, .hint = ret, .prefix = "" },
	      workers);
}
