/* SPDX-License-Identifier: MIT */
/*
 * gitloose.c - an object database backend that inflates loose objects and says
 * so when they are damaged.  Objects that are not loose, and questions other
 * than "read this", go on to libgit2's own backends.
 */
#include "graph/source/gitloose.h"
#include "base/base.h"

#include <fcntl.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/*
 * libgit2's loose and packed backends have 1 and 2, and of equals the one that was there
 * before is asked first: packs, then this.  A file looked for in vain costs a system call.
 */
#define PRIORITY     2
#define HEADER_MAX   64         /* "commit 18446744073709551615" and its NUL */
#define DEFLATE_BEST 1032       /* deflate makes nothing smaller than by this factor */

struct gitloose {
	git_odb_backend backend;
	char dir[];                     /* .git/objects/ */
};

static int damaged(const char *path, const char *why)
{
	char text[512];

	snprintf(text, sizeof(text), "loose object '%.400s' is damaged: %s", path, why);
	git_error_set_str(GIT_ERROR_ODB, text);
	return GIT_ERROR;
}

/* The whole file, in *ret_bytes; GIT_ENOTFOUND when there is none. */
static int read_file(const char *path, unsigned char **ret_bytes, size_t *ret_len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t len = 0;
	ssize_t n = 0;

	if (fd < 0)
		return GIT_ENOTFOUND;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return damaged(path, "not a file");
	}
	unsigned char *bytes = xrealloc(NULL, (size_t)st.st_size + 1, 1);

	while (len < (size_t)st.st_size &&
	       (n = read(fd, bytes + len, (size_t)st.st_size - len)) > 0)
		len += (size_t)n;
	close(fd);
	if (n < 0) {
		free(bytes);
		return damaged(path, "it cannot be read");
	}
	*ret_bytes = bytes;
	*ret_len = len;
	return 0;
}

/* "blob 123" and a NUL. */
static bool parse_header(const char *text, size_t len, git_object_t *ret_type, size_t *ret_size,
			 size_t *ret_used)
{
	const char *space = memchr(text, ' ', len), *nul = memchr(text, '\0', len);
	char type[16], *end;

	if (!space || !nul || space > nul || (size_t)(space - text) >= sizeof(type))
		return false;
	memcpy(type, text, (size_t)(space - text));
	type[space - text] = '\0';
	*ret_type = git_object_string2type(type);
	*ret_size = strtoul(space + 1, &end, 10);
	*ret_used = (size_t)(nul - text) + 1;
	return *ret_type != GIT_OBJECT_INVALID && end == nul;
}

/* Inflates what z has into a buffer of libgit2's; NULL and *ret_why where it is not whole. */
static void *inflate_object(git_odb_backend *backend, z_stream *z, size_t *ret_size,
			    git_object_t *ret_type, const char **ret_why)
{
	char head[HEADER_MAX] = { 0 };
	size_t size, used, compressed = z->avail_in;

	z->next_out = (unsigned char *)head;
	z->avail_out = sizeof(head);
	*ret_why = "its data end too early or are not deflated";
	int got = inflate(z, Z_SYNC_FLUSH);

	if ((got != Z_OK && got != Z_STREAM_END) ||
	    !parse_header(head, sizeof(head) - z->avail_out, ret_type, &size, &used))
		return NULL;
	size_t have = sizeof(head) - z->avail_out - used;

	if (size < have || size / DEFLATE_BEST > compressed)
		return NULL;
	char *data = git_odb_backend_data_alloc(backend, size + 1);

	*ret_why = "out of memory";
	if (!data)
		return NULL;
	memcpy(data, head + used, have);
	z->next_out = (unsigned char *)data + have;
	z->avail_out = (unsigned)(size + 1 - have);
	if (got == Z_OK)
		got = inflate(z, Z_FINISH);
	if (got != Z_STREAM_END || z->avail_out != 1) {
		git_odb_backend_data_free(backend, data);
		*ret_why = "its data end too early or are not deflated";
		return NULL;
	}
	data[size] = '\0';
	*ret_size = size;
	return data;
}

static int loose_read(void **ret_data, size_t *ret_size, git_object_t *ret_type,
		      git_odb_backend *backend, const git_oid *id)
{
	const struct gitloose *g = (const struct gitloose *)backend;
	char path[4096], name[GIT_OID_HEXSZ + 2];
	unsigned char *bytes;
	const char *why;
	z_stream z = { 0 };
	size_t len;

	git_oid_pathfmt(name, id);
	name[sizeof(name) - 1] = '\0';
	if (snprintf(path, sizeof(path), "%s%s", g->dir, name) >= (int)sizeof(path))
		return GIT_PASSTHROUGH;
	int failed = read_file(path, &bytes, &len);

	if (failed)
		return failed;
	if (len > UINT32_MAX / 2 || inflateInit(&z) != Z_OK) {
		free(bytes);
		return GIT_PASSTHROUGH;
	}
	z.next_in = bytes;
	z.avail_in = (unsigned)len;
	*ret_data = inflate_object(backend, &z, ret_size, ret_type, &why);
	inflateEnd(&z);
	free(bytes);
	return *ret_data ? 0 : damaged(path, why);
}

static void loose_free(git_odb_backend *backend)
{
	free(backend);
}

void gitloose_add(git_repository *repo)
{
	git_buf dir = { 0 };
	git_odb *odb = NULL;

	if (git_repository_item_path(&dir, repo, GIT_REPOSITORY_ITEM_OBJECTS) ||
	    git_repository_odb(&odb, repo))
		goto out;
	struct gitloose *g = xcalloc(1, sizeof(*g) + dir.size + 2);

	git_odb_init_backend(&g->backend, GIT_ODB_BACKEND_VERSION);
	memcpy(g->dir, dir.ptr, dir.size);
	if (dir.size && dir.ptr[dir.size - 1] != '/')
		g->dir[dir.size] = '/';
	g->backend.read = loose_read;
	g->backend.free = loose_free;
	if (git_odb_add_backend(odb, &g->backend, PRIORITY))
		free(g);
out:
	git_odb_free(odb);
	git_buf_dispose(&dir);
}
