/* SPDX-License-Identifier: MIT */
/* gitindex.c - reading .git/index. */
#include "graph/source/gitindex.h"
#include "base/fault.h"
#include "graph/source/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
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

#define HEAD_BYTES 12u
#define STAT_BYTES 40u                  /* of an entry, up to its id */
#define LARGEST ((off_t)1 << 30)

enum { FLAG_EXTENDED = 0x4000, FLAG_STAGE = 0x3000, FLAG_NAME = 0x0fff };
enum { MORE_RESERVED = 0x8000, MORE_SKIP = 0x4000, MORE_INTENT = 0x2000 };

struct parser {
	const unsigned char *at, *end;
	unsigned version, id_bytes;
	struct arena *arena;
	const char *path;               /* of the entry before */
	uint32_t path_len;
};

static uint32_t number(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static unsigned half(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool read_file(const char *path, struct arena *arena, unsigned char **ret, size_t *ret_len,
		      struct timespec *ret_written)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	size_t len = 0;
	ssize_t n = 1;

	if (fd < 0)
		return false;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size < LARGEST) {
		*ret = (unsigned char *)arena_alloc(arena, (size_t)st.st_size, 1);
		while (n && len < (size_t)st.st_size) {
			n = fault_hit(FAULT_READ) ? errno = EIO, -1 :
			    read(fd, *ret + len, (size_t)st.st_size - len);
			if (n < 0 && errno == EINTR)
				n = 1;
			else if (n < 0)
				n = 0;
			else
				len += (size_t)n;
		}
		/* git replaces the file and never writes into it. */
		*ret_written = MTIME(&st);
		*ret_len = len;
	}
	close(fd);
	return len && len == (size_t)st.st_size;
}

/* Version 4: how much of the path before goes, then what is new, up to a NUL. */
static bool short_path(struct parser *p)
{
	uint64_t cut;

	if (p->at == p->end)
		return false;
	cut = *p->at & 127;
	while (*p->at++ & 128) {
		if (p->at == p->end || cut > UINT32_MAX)
			return false;
		cut = (cut + 1) << 7 | (*p->at & 127);
	}
	const unsigned char *nul = memchr(p->at, '\0', (size_t)(p->end - p->at));

	if (!nul || cut > p->path_len)
		return false;
	uint32_t keep = p->path_len - (uint32_t)cut, more = (uint32_t)(nul - p->at);
	char *path = arena_alloc(p->arena, keep + more + 1, 1);

	memcpy(path, p->path ? p->path : "", keep);
	memcpy(path + keep, p->at, more);
	p->path = path;
	p->path_len = keep + more;
	p->at = nul + 1;
	return true;
}

/* Versions 2 and 3: the path, and 1 to 8 NULs to a multiple of 8 bytes. */
static bool whole_path(struct parser *p, const unsigned char *entry)
{
	const unsigned char *nul = memchr(p->at, '\0', (size_t)(p->end - p->at));

	if (!nul)
		return false;
	p->path = (const char *)p->at;
	p->path_len = (uint32_t)(nul - p->at);
	size_t bytes = ((size_t)(nul - entry) + 8) & ~(size_t)7;

	if (bytes > (size_t)(p->end - entry))
		return false;
	p->at = entry + bytes;
	return true;
}

static int compare(const char *a, uint32_t a_len, const char *b, uint32_t b_len)
{
	int c = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return c ? c : (a_len > b_len) - (a_len < b_len);
}

static bool is_mode(uint32_t mode)
{
	return mode == 0100644 || mode == 0100755 || mode == 0120000 || mode == 0160000 ||
	       mode == 0040000;
}

static bool parse_entry(struct parser *p, struct gitindex_entry *e)
{
	const unsigned char *entry = p->at, *q = entry;
	unsigned flags, more = 0, fixed = STAT_BYTES + p->id_bytes + 2;

	if (p->end - p->at < (ptrdiff_t)fixed + 2)
		return false;
	*e = (struct gitindex_entry){
		.ctime = { number(q), number(q + 4) }, .mtime = { number(q + 8), number(q + 12) },
		.inode = number(q + 20), .mode = number(q + 24), .size = number(q + 36),
		.id = q + STAT_BYTES,
	};
	flags = half(q + fixed - 2);
	p->at += fixed;
	if (flags & FLAG_EXTENDED) {
		more = half(p->at);
		p->at += 2;
		if (p->version < 3 || more & ~(unsigned)(MORE_SKIP | MORE_INTENT))
			return false;
	}
	if (!(p->version == 4 ? short_path(p) : whole_path(p, entry)))
		return false;
	e->path = p->path;
	e->path_len = p->path_len;
	/* With ids of another length everything that follows is something else. */
	if (!is_mode(e->mode) ||
	    (flags & FLAG_NAME) != (e->path_len < FLAG_NAME ? e->path_len : (unsigned)FLAG_NAME))
		return false;
	e->unmerged = flags & FLAG_STAGE;
	e->intended = more & MORE_INTENT;
	e->skipped = more & MORE_SKIP || e->mode == 0040000;
	return true;
}

/* Behind the entries: no extension that takes some of them elsewhere, but "link". */
static bool parse_extensions(struct parser *p, struct gitindex *ret)
{
	while ((size_t)(p->end - p->at) > p->id_bytes) {
		size_t left = (size_t)(p->end - p->at) - p->id_bytes;
		const unsigned char *at = p->at;

		if (left < 8 || number(at + 4) > left - 8)
			return false;
		p->at += 8 + number(at + 4);
		/* Upper case may be ignored; "sdir" only says that folders stand for themselves. */
		if ((at[0] >= 'A' && at[0] <= 'Z') || !memcmp(at, "sdir", 4))
			continue;
		if (memcmp(at, "link", 4) || number(at + 4) < p->id_bytes)
			return false;
		ret->base = at + 8;
		ret->changes = ret->base + p->id_bytes;
		ret->nchanges = number(at + 4) - p->id_bytes;
	}
	return p->end - p->at == (ptrdiff_t)p->id_bytes;
}

void gitindex_settle(struct gitindex *x, const struct gitindex_entry *all, uint32_t count,
		     struct arena *arena)
{
	struct gitindex_entry *entry;
	uint32_t n = 0;

	x->all = x->entry = all;
	x->all_count = x->count = count;
	while (n < count && !all[n].unmerged && !all[n].intended)
		n++;
	if (n == count)
		return;
	entry = arena_array(arena, struct gitindex_entry, count);
	memcpy(entry, all, n * sizeof(*entry));
	for (uint32_t i = n; i < count; i++) {
		const struct gitindex_entry *e = &all[i];

		if (e->unmerged && !x->unmerged)
			x->unmerged = arena_strndup(arena, e->path, e->path_len);
		if (!e->unmerged && !e->intended)
			entry[n++] = *e;
	}
	x->entry = entry;
	x->count = n;
}

/* Without names are those alone that stand for one of the other half; they come first. */
static bool in_order(const struct gitindex_entry *entry, uint32_t count, bool split)
{
	for (uint32_t i = 0; i < count; i++) {
		if (!entry[i].path_len && !split)
			return false;
		if (i && compare(entry[i - 1].path, entry[i - 1].path_len, entry[i].path,
				 entry[i].path_len) > 0)
			return false;
	}
	return true;
}

bool gitindex_parse(const unsigned char *bytes, size_t len, unsigned id_bytes,
		    struct arena *arena, struct gitindex *ret)
{
	static const unsigned char none[GITINDEX_SHA256];
	uint32_t count;

	if (len < HEAD_BYTES + id_bytes || memcmp(bytes, "DIRC", 4))
		return false;
	struct parser p = { .at = bytes + HEAD_BYTES, .end = bytes + len, .arena = arena,
			    .version = number(bytes + 4), .id_bytes = id_bytes };

	count = number(bytes + 8);
	if (p.version < 2 || p.version > 4 || count > len / (STAT_BYTES + id_bytes))
		return false;
	struct gitindex_entry *entry = arena_array(arena, struct gitindex_entry, count + 1);

	*ret = (struct gitindex){ .written = ret->written };
	for (uint32_t i = 0; i < count; i++)
		if (!parse_entry(&p, &entry[i]))
			return false;
	if (!parse_extensions(&p, ret))
		return false;
	if (ret->base && !memcmp(ret->base, none, id_bytes))
		ret->base = NULL;
	if (!in_order(entry, count, ret->base))
		return false;
	gitindex_settle(ret, entry, count, arena);
	return true;
}

static const char *other_half(const struct gitindex *x, const char *git_dir, unsigned id_bytes,
			      struct arena *arena)
{
	char name[2 * GITINDEX_SHA256 + 1];

	for (unsigned i = 0; i < id_bytes; i++)
		snprintf(name + 2 * i, 3, "%02x", x->base[i]);
	return path_join(arena, git_dir, arena_printf(arena, "sharedindex.%s", name));
}

bool gitindex_read(const char *path, const char *git_dir, unsigned id_bytes, struct arena *arena,
		   struct gitindex *ret)
{
	const char *slash = strrchr(path, '/');
	struct gitindex base = { .count = 0 };
	struct timespec ignored;
	unsigned char *bytes;
	size_t len;

	if (!read_file(path, arena, &bytes, &len, &ret->written) ||
	    !gitindex_parse(bytes, len, id_bytes, arena, ret))
		return false;
	if (!ret->base)
		return true;
	if (!git_dir)
		git_dir = slash ? arena_strndup(arena, path, (size_t)(slash - path) + 1) : ".";
	return read_file(other_half(ret, git_dir, id_bytes, arena), arena, &bytes, &len,
			 &ignored) &&
	       gitindex_parse(bytes, len, id_bytes, arena, &base) &&
	       gitindex_join(ret, &base, arena);
}

const struct gitindex_entry *gitindex_find(const struct gitindex *x, const char *path)
{
	uint32_t lo = 0, hi = x->count, len = (uint32_t)strlen(path);

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct gitindex_entry *e = &x->entry[mid];
		int c = compare(e->path, e->path_len, path, len);

		if (!c)
			return e;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* git without nanoseconds writes 0 for them. */
static bool same_time(struct gitindex_time in_index, struct timespec t)
{
	return in_index.seconds == (uint32_t)t.tv_sec &&
	       (!in_index.nanoseconds || in_index.nanoseconds == (uint32_t)t.tv_nsec);
}

/* The file may have been written again after the entry, within one tick of the clock. */
static bool is_racy(struct gitindex_time entry, struct timespec index)
{
	if (entry.seconds != (uint32_t)index.tv_sec)
		return entry.seconds > (uint32_t)index.tv_sec;
	return !entry.nanoseconds || entry.nanoseconds >= (uint32_t)index.tv_nsec;
}

bool gitindex_matches(const struct gitindex *x, const struct gitindex_entry *e,
		      const struct stat *st)
{
	return S_ISREG(st->st_mode) && S_ISREG((mode_t)e->mode) &&
	       e->size == (uint32_t)st->st_size && e->inode == (uint32_t)st->st_ino &&
	       same_time(e->mtime, MTIME(st)) && same_time(e->ctime, CTIME(st)) &&
	       !is_racy(e->mtime, x->written);
}

/* "gitdir: PATH" of the file .git in linked working trees and submodules. */
static const char *linked(const char *file, const char *top, struct arena *arena)
{
	unsigned char *text;
	struct timespec ignored;
	size_t len;

	if (!read_file(file, arena, &text, &len, &ignored) || len < 9 || len > PATH_MAX ||
	    memcmp(text, "gitdir: ", 8))
		return NULL;
	while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	const char *path = arena_strndup(arena, (const char *)text + 8, len - 8);

	return *path == '/' ? path : path_join(arena, top, path);
}

bool gitindex_locate(const char *dir, struct arena *arena, const char **ret_path,
		     const char **ret_prefix)
{
	const char *index = getenv("GIT_INDEX_FILE"), *git = getenv("GIT_DIR");
	char *real = realpath(dir, NULL), *top = NULL;
	const char *found = NULL;
	struct stat st;

	if (!real)
		return false;
	top = arena_strdup(arena, real);
	for (;;) {
		const char *dot = path_join(arena, top, ".git");

		if (!stat(dot, &st)) {
			found = S_ISDIR(st.st_mode) ? dot : linked(dot, top, arena);
			break;
		}
		char *slash = strrchr(top, '/');

		if (!slash || !top[1])
			break;
		slash[slash == top] = '\0';
	}
	/* Should these speak of another tree, then no stat data will match. */
	if (found && git)
		found = git;
	if (found) {
		*ret_path = index ? index : path_join(arena, found, "index");
		*ret_prefix = arena_strdup(arena, path_below(real, top));
	}
	free(real);
	return found;
}

/* A file that git was told to skip may be there all the same: then it is read. */
static bool is_missing_go(const struct gitindex_entry *e, const char *top, struct arena *scratch)
{
	const char *path = arena_strndup(scratch, e->path, e->path_len);
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct stat st;

	return (!*name || tree_wants(name)) && lstat(path_join(scratch, top, path), &st);
}

bool gitindex_skips_go(const char *dir)
{
	struct arena arena = ARENA_INIT, scratch = ARENA_INIT;
	const char *path, *prefix, *top;
	char *real = realpath(dir, NULL);
	struct gitindex index;
	bool found = false;

	if (real && gitindex_locate(real, &arena, &path, &prefix) &&
	    (gitindex_read(path, NULL, GITINDEX_SHA1, &arena, &index) ||
	     gitindex_read(path, NULL, GITINDEX_SHA256, &arena, &index))) {
		size_t below = strlen(prefix), len = strlen(real);

		/* Paths of the index begin at the top. */
		top = arena_strndup(&arena, real, below && len > below ? len - below - 1 : len);
		for (uint32_t i = 0; i < index.all_count && !found; i++) {
			const struct gitindex_entry *e = &index.all[i];

			if (!e->skipped || (below && (e->path_len <= below ||
						      memcmp(e->path, prefix, below) != 0 ||
						      e->path[below] != '/')))
				continue;
			found = is_missing_go(e, top, &scratch);
			arena_reset(&scratch);
		}
	}
	free(real);
	arena_release(&scratch);
	arena_release(&arena);
	return found;
}
