/* SPDX-License-Identifier: MIT */
/* tree_disk.c - a folder on disk as a tree. */
#include "base/fault.h"
#include "graph/source/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct disk_tree {
	struct tree tree;
	char *root;
	size_t root_len;
};

static int cause(struct err *err, int number)
{
	return err_set(err, ERR_INPUT, "%s", strerror(number));
}

/* root + "/" + path + "/" + name into `out`; what does not fit is an error the system names. */
static int full_path(const struct disk_tree *t, const char *path, const char *name,
		     char out[PATH_MAX], struct err *err)
{
	const char *slash = t->root_len && t->root[t->root_len - 1] == '/' ? "" : "/";
	int n = snprintf(out, PATH_MAX, "%s%s%s%s%s", t->root, *path || *name ? slash : "", path,
			 *path && *name ? "/" : "", name);

	return n < 0 || n >= PATH_MAX ? cause(err, ENAMETOOLONG) : 0;
}

/* In a commit no link leads out of it; on disk one may. */
static bool leads_out(const struct disk_tree *t, const char *path)
{
	char *root = realpath(t->root, NULL), *real = root ? realpath(path, NULL) : NULL;
	bool out = !real || !path_below(real, root);

	free(real);
	free(root);
	return out;
}

/* False for what nobody asks for. */
static bool classify(const struct disk_tree *t, const char *dir, const struct dirent *d,
		     enum entry_kind *ret_kind)
{
	struct err ignored = ERR_INIT;
	char path[PATH_MAX];
	struct stat st;
	bool link = false;

#ifdef DT_UNKNOWN
	if (d->d_type == DT_DIR || d->d_type == DT_REG) {
		*ret_kind = d->d_type == DT_DIR ? ENTRY_DIR : ENTRY_FILE;
		return true;
	}
#endif
	/* What cannot be looked at is kept: opening it will name the cause. */
	bool fits = !full_path(t, dir, d->d_name, path, &ignored);

	if (!fits || lstat(path, &st)) {
		*ret_kind = tree_takes(&t->tree, d->d_name) ? ENTRY_FILE : ENTRY_DIR;
		return !fits || errno != ENOENT;
	}
	if (S_ISLNK(st.st_mode)) {
		link = true;
		/* Go reads what a link leads to, wherever it is. */
		if (stat(path, &st) || (t->tree.wants && leads_out(t, path))) {
			*ret_kind = ENTRY_BROKEN;
			return tree_tells_broken(&t->tree, d->d_name);
		}
	}
	/* A pipe or device named x.go is a Go file that cannot be read. */
	if (!S_ISDIR(st.st_mode))
		*ret_kind = ENTRY_FILE;
	else
		*ret_kind = link ? ENTRY_DIR_LINK : ENTRY_DIR;
	return S_ISDIR(st.st_mode) || S_ISREG(st.st_mode) || tree_takes(&t->tree, d->d_name);
}

static int by_name(const void *va, const void *vb)
{
	const struct tree_entry *a = va, *b = vb;

	return strcmp(a->name, b->name);
}

/* Neither file nor folder, as far as the folder itself tells. */
static bool is_irregular(const struct dirent *d)
{
#ifdef DT_UNKNOWN
	return d->d_type != DT_REG && d->d_type != DT_DIR && d->d_type != DT_UNKNOWN;
#else
	return false;
#endif
}

static bool worth_a_look(const struct disk_tree *t UNUSED, const struct dirent *d)
{
#ifdef DT_UNKNOWN
	if (d->d_type == DT_REG)
		return tree_takes(&t->tree, d->d_name);
#endif
	return strcmp(d->d_name, ".") && strcmp(d->d_name, "..");
}

static int disk_list(struct tree *tree, const char *dir, uint32_t ref UNUSED, struct arena *arena,
		     struct tree_entry **ret_entry, uint32_t *ret_count, struct err *err)
{
	struct disk_tree *t = (struct disk_tree *)tree;
	struct tree_entry *list = NULL;
	uint32_t count = 0, cap = 0;
	bool irregular = false;
	char path[PATH_MAX];
	const struct dirent *d;
	int r = -1;

	if (full_path(t, dir, "", path, err) < 0)
		return -1;
	if (tree->wants && !access(path, F_OK) && leads_out(t, path))
		return err_set(err, ERR_INPUT, "it leads out of the repository");
	DIR *handle = fault_hit(FAULT_READ) ? errno = EIO, NULL : opendir(path);

	if (!handle)
		return cause(err, errno);
	while (errno = 0, d = readdir(handle)) {
		enum entry_kind kind;

		irregular |= is_irregular(d);
		if (!worth_a_look(t, d) || !classify(t, dir, d, &kind))
			continue;
		if (kind == ENTRY_FILE && !tree_takes(&t->tree, d->d_name))
			continue;
		VEC_RESERVE(list, cap, count + 1);
		list[count++] = (struct tree_entry){
			.name = arena_strdup(arena, d->d_name), .kind = kind,
		};
	}
	if (errno) {
		cause(err, errno);
		goto out;
	}
	if (irregular) {
		VEC_RESERVE(list, cap, count + 1);
		list[count++] = (struct tree_entry){ .name = "", .kind = ENTRY_IRREGULAR };
	}
	if (count)
		qsort(list, count, sizeof(*list), by_name);
	*ret_entry = arena_array(arena, struct tree_entry, count);
	if (count)
		memcpy(*ret_entry, list, count * sizeof(*list));
	*ret_count = count;
	r = 0;
out:
	closedir(handle);
	free(list);
	return r;
}

static int read_fd(int fd, size_t max, size_t size, struct tree_buf *buf, struct err *err)
{
	buf->len = 0;
	buf->whole = false;
	while (buf->len < max) {
		VEC_RESERVE(buf->own, buf->cap, max);
		buf->bytes = buf->own;
		ssize_t n = fault_hit(FAULT_READ) ? errno = EIO, -1 :
			    read(fd, buf->own + buf->len, max - buf->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cause(err, errno);
		buf->len += (size_t)n;
		/* The size saves a second call for each file; what grows meanwhile is not ours to
		 * see. */
		if (!n || (size && buf->len == size)) {
			buf->whole = true;
			break;
		}
	}
	return 0;
}

static int disk_read(struct tree *tree, const char *path, uint32_t ref UNUSED, size_t max,
		     struct tree_buf *buf, struct err *err)
{
	struct disk_tree *t = (struct disk_tree *)tree;
	char full[PATH_MAX];
	struct stat st;
	int r;

	if (full_path(t, path, "", full, err) < 0)
		return -1;
	/* Not blocking: the file may have become a pipe since it was listed. */
	int fd = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return cause(err, errno);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, ERR_INPUT, "not a regular file");
	}
	/* One byte more than the file has, so that its end is seen in the first read. */
	size_t size = st.st_size > 0 && (uintmax_t)st.st_size < max ? (size_t)st.st_size : 0;

	r = read_fd(fd, size ? size + 1 : max, size, buf, err);
	close(fd);
	return r;
}

static const unsigned char *disk_blob(struct tree *tree UNUSED, uint32_t ref UNUSED)
{
	return NULL;
}

static bool disk_blob_size(struct tree *tree UNUSED, uint32_t ref UNUSED, uint64_t *ret UNUSED)
{
	return false;
}

static bool disk_find(struct tree *tree, const char *path, struct arena *scratch UNUSED,
		      uint32_t *ret_ref)
{
	struct disk_tree *t = (struct disk_tree *)tree;
	struct err ignored = ERR_INIT;
	char full[PATH_MAX];
	struct stat st;

	*ret_ref = TREE_NO_REF;
	if (full_path(t, path, "", full, &ignored) < 0)
		return false;
	return !lstat(full, &st) || (errno != ENOENT && errno != ENOTDIR);
}

static void disk_close(struct tree *tree)
{
	struct disk_tree *t = (struct disk_tree *)tree;

	free(t->root);
	free(t);
}

struct tree *tree_disk_open(const char *root)
{
	static const struct tree_ops ops = { disk_list, disk_read, disk_blob,
					     disk_blob_size, disk_find, disk_close };
	struct disk_tree *t = xcalloc(1, sizeof(*t));

	t->tree.ops = &ops;
	t->tree.on_disk = true;
	t->root_len = strlen(root);
	t->root = xrealloc(NULL, t->root_len + 1, 1);
	memcpy(t->root, root, t->root_len + 1);
	return &t->tree;
}
