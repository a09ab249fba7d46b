/* SPDX-License-Identifier: MIT */
/* blobid.c - ids from the index where its stat data match, as git's own ie_match_stat(). */
#include "graph/source/blobid.h"
#include "base/pool.h"
#include "graph/source/gitrev.h"
#include "graph/source/tree.h"

#include <fcntl.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __APPLE__
# define MTIME(st) ((st)->st_mtimespec)
# define CTIME(st) ((st)->st_ctimespec)
#else
# define MTIME(st) ((st)->st_mtim)
# define CTIME(st) ((st)->st_ctim)
#endif

struct lookup {
	const struct source *s;
	const file_id *file;
	struct blob_hint *hint;
	git_index *index;               /* NULL: nothing is known */
	struct timespec written;        /* the index */
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

/* git without nanoseconds writes 0 for them. */
static bool same_time(const git_index_time *in_index, struct timespec t)
{
	return in_index->seconds == (int32_t)t.tv_sec &&
	       (!in_index->nanoseconds || in_index->nanoseconds == (uint32_t)t.tv_nsec);
}

/* The file may have been written again after the entry, within one tick of the clock. */
static bool is_racy(const git_index_time *entry, struct timespec index)
{
	if (entry->seconds != (int32_t)index.tv_sec)
		return entry->seconds > (int32_t)index.tv_sec;
	return !entry->nanoseconds || entry->nanoseconds >= (uint32_t)index.tv_nsec;
}

static bool matches(const git_index_entry *e, const struct stat *st, struct timespec index)
{
	if (e->mode != GIT_FILEMODE_BLOB && e->mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return false;
	if (e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
		return false;
	return e->file_size == (uint32_t)st->st_size && e->ino == (uint32_t)st->st_ino &&
	       same_time(&e->mtime, MTIME(st)) && same_time(&e->ctime, CTIME(st)) &&
	       !is_racy(&e->mtime, index);
}

static void look(void *ctx, unsigned worker, uint32_t i)
{
	struct lookup *l = ctx;
	struct arena *a = &l->scratch[worker];
	const char *path = source_file_path(l->s, l->file[i], a);
	struct blob_hint *hint = &l->hint[i];
	const git_index_entry *e;
	struct stat st;

	if (!fstatat(l->root, path, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode)) {
		hint->sized = true;
		hint->size = (uint64_t)st.st_size;
		e = l->index ? git_index_get_bypath(l->index, path_join(a, l->prefix, path), 0) :
			       NULL;
		if (e && matches(e, &st, l->written)) {
			memcpy(hint->id.byte, e->id.id, BLOB_ID_BYTES);
			hint->known = true;
		}
	}
	arena_reset(a);
}

static int is_filter(const git_config_entry *e, void *found)
{
	if (strncmp(e->name, "filter.lfs.", 11))        /* its pointers are never as long */
		*(bool *)found = true;
	return 0;
}

/* A clean filter may make another text of the same size. */
static bool has_filters(git_repository *repo)
{
	git_config *config = NULL;
	bool found = false;

	if (git_repository_config_snapshot(&config, repo))
		return true;
	if (git_config_foreach_match(config, "^filter\\..*\\.(clean|process)$", is_filter, &found))
		found = true;
	git_config_free(config);
	return found;
}

static bool index_time(const char *path, struct timespec *ret)
{
	struct stat st;

	if (!path || stat(path, &st))
		return false;
	*ret = MTIME(&st);
	return true;
}

/*
 * The index of the repository whose working tree holds the root, unless it is
 * written just now.  What libgit2 cannot open (SHA-256, split and sparse
 * indexes) is no index: the files are hashed then.
 */
static git_index *open_index(git_repository *repo, struct timespec *ret_written)
{
	git_index *index = NULL;
	struct timespec after;

	if (has_filters(repo) || git_repository_index(&index, repo))
		return NULL;
	/* Read again if it changed meanwhile: what is in memory must be as old as it seems. */
	if (index_time(git_index_path(index), ret_written) && !git_index_read(index, false) &&
	    index_time(git_index_path(index), &after) &&
	    after.tv_sec == ret_written->tv_sec && after.tv_nsec == ret_written->tv_nsec)
		return index;
	git_index_free(index);
	return NULL;
}

static bool below_work(git_repository *repo, const char *dir, struct arena *arena,
		       const char **ret_prefix)
{
	const char *work = git_repository_workdir(repo);
	char *root = work ? realpath(work, NULL) : NULL, *real = realpath(dir, NULL);
	const char *below = root && real ? path_below(real, root) : NULL;

	if (below)
		*ret_prefix = arena_strdup(arena, below);
	free(root);
	free(real);
	return below;
}

static void from_disk(struct lookup *l, uint32_t count, unsigned workers)
{
	struct err ignored = ERR_INIT;
	struct arena arena = ARENA_INIT;
	git_repository *repo = gitrev_open(l->s->root, &ignored);

	l->root = open(l->s->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (repo && below_work(repo, l->s->root, &arena, &l->prefix))
		l->index = open_index(repo, &l->written);
	l->scratch = xcalloc(workers, sizeof(*l->scratch));
	if (l->root >= 0)
		pool_run(workers, count, look, l);
	for (unsigned i = 0; i < workers; i++)
		arena_release(&l->scratch[i]);
	free(l->scratch);
	if (l->root >= 0)
		close(l->root);
	git_index_free(l->index);
	git_repository_free(repo);
	arena_release(&arena);
}

void blob_hints(const struct source *s, const file_id *file, uint32_t count, unsigned workers,
		struct blob_hint *ret)
{
	struct lookup l = { .s = s, .file = file, .hint = ret, .prefix = "" };
	bool disk = true;

	memset(ret, 0, count * sizeof(*ret));
	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *id = tree_blob(s->tree, s->ref[file[i].v]);

		if (!id)
			break;
		memcpy(ret[i].id.byte, id, BLOB_ID_BYTES);
		ret[i].known = true;
		disk = false;
	}
	if (disk && count)
		from_disk(&l, count, workers);
}
