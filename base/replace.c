/* SPDX-License-Identifier: MIT */
/* replace.c - lock, read, write beside, rename. */
#include "base/replace.h"
#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOCK_TRIES 4000u
#define LOCK_WAIT_NS 5000000L           /* 20 seconds in all */
#define SHOWN "200s"

static int cannot_write(const char *shown, int why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "cannot write '%." SHOWN "': %s", shown, strerror(why));
}

static int cannot_read(const char *shown, int why, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "cannot read '%." SHOWN "': %s", shown, strerror(why));
}

/* Has somebody removed the lock file between our open() and our lock? */
static bool is_current(const char *path, int fd)
{
	struct stat own, there;

	return !fstat(fd, &own) && !stat(path, &there) && own.st_dev == there.st_dev &&
	       own.st_ino == there.st_ino;
}

/* The lock's descriptor, or -1 with errno; EAGAIN: held by somebody else. */
static int try_lock(const char *path)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666), why;

	if (fd < 0)
		return -1;
	bool ours = !fcntl(fd, F_SETLK, &whole);

	why = ours || errno == EACCES ? EAGAIN : errno;
	if (ours && is_current(path, fd))
		return fd;
	close(fd);
	errno = why;
	return -1;
}

static int take_lock(struct replace *r, struct err *err)
{
	const struct timespec wait = { .tv_nsec = LOCK_WAIT_NS };

	for (unsigned i = 0; i < LOCK_TRIES; i++) {
		r->lock_fd = try_lock(r->lock);
		if (r->lock_fd >= 0)
			return 0;
		if (errno != EAGAIN)
			return cannot_write(r->shown, errno, err);
		nanosleep(&wait, NULL);
	}
	return err_set(err, ERR_SYSTEM,
		       "cannot write '%." SHOWN "': another process has been at it for "
		       "%u seconds", r->shown,
		       (unsigned)(LOCK_TRIES * (LOCK_WAIT_NS / 1000000L) / 1000));
}

/* Where the file is or would be, links followed; NULL with errno. */
static const char *place_of(const char *path, bool *ret_there, struct arena *arena)
{
	char *real = realpath(path, NULL);
	const char *place;
	struct stat st;

	*ret_there = real != NULL;
	/* A link that leads nowhere is there for lstat() alone. */
	if (!real && errno == ENOENT && lstat(path, &st) && errno == ENOENT)
		return path;
	if (!real)
		return NULL;
	place = arena_strdup(arena, real);
	free(real);
	if (stat(place, &st))
		return NULL;
	if (S_ISREG(st.st_mode))
		return place;
	errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	return NULL;
}

int replace_begin(const char *path, struct arena *arena, struct replace *ret, struct err *err)
{
	*ret = (struct replace){ .shown = path, .lock_fd = -1 };
	ret->path = place_of(path, &ret->there, arena);
	if (!ret->path)
		return cannot_write(path, errno ? errno : ENOENT, err);
	if (ret->there && access(ret->path, W_OK))
		return cannot_write(path, errno, err);
	ret->lock = arena_printf(arena, "%s.lock", ret->path);
	ret->temp = arena_printf(arena, "%s.new", ret->path);
	if (take_lock(ret, err))
		return -1;
	/* It may have come or gone while we waited. */
	ret->there = !access(ret->path, F_OK);
	return 0;
}

/* 0, or the reason why not. */
static int read_all(int fd, size_t size, struct arena *arena, const char **ret_bytes,
		    size_t *ret_len)
{
	char *bytes = arena_alloc(arena, size + 1, 1);
	size_t len = 0;

	while (len < size) {
		ssize_t n = fault_hit(FAULT_READ) ? (errno = EIO, -1) :
						    read(fd, bytes + len, size - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (!n)
			break;
		len += (size_t)n;
	}
	*ret_bytes = bytes;
	*ret_len = len;
	return 0;
}

static int read_path(const char *path, const char *shown, size_t max, struct arena *arena,
		     const char **ret_bytes, size_t *ret_len, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), why;
	struct stat st;

	*ret_bytes = NULL;
	*ret_len = 0;
	if (fd < 0)
		return errno == ENOENT ? 0 : cannot_read(shown, errno, err);
	why = fstat(fd, &st) ? errno : S_ISDIR(st.st_mode) ? EISDIR :
	      !S_ISREG(st.st_mode) ? EINVAL : 0;
	if (!why && (uint64_t)st.st_size > max) {
		close(fd);
		return err_set(err, ERR_LIMIT, "'%." SHOWN "' is larger than %zu bytes", shown,
			       max);
	}
	if (!why)
		why = read_all(fd, (size_t)st.st_size, arena, ret_bytes, ret_len);
	close(fd);
	return why ? cannot_read(shown, why, err) : 0;
}

int file_read(const char *path, size_t max, struct arena *arena, const char **ret_bytes,
	      size_t *ret_len, struct err *err)
{
	return read_path(path, path, max, arena, ret_bytes, ret_len, err);
}

int replace_read(const struct replace *r, size_t max, struct arena *arena,
		 const char **ret_bytes, size_t *ret_len, struct err *err)
{
	return read_path(r->path, r->shown, max, arena, ret_bytes, ret_len, err);
}

/* 0, or the reason why not. */
static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = fault_hit(FAULT_WRITE) ? (errno = ENOSPC, -1) : write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

/* Who could read it before can do so after. */
static void keep_mode(const struct replace *r, int fd)
{
	struct stat before;

	/* Some file systems have no modes: then there is nothing to keep. */
	if (r->there && !stat(r->path, &before) && fchmod(fd, before.st_mode & 0777))
		errno = 0;
}

/* Without this the name could outlive a crash and the contents not; some systems cannot. */
static void sync_folder(const struct replace *r, struct arena *arena)
{
	const char *slash = strrchr(r->path, '/');
	const char *dir = !slash ? "." : slash == r->path ? "/" :
			  arena_strndup(arena, r->path, (size_t)(slash - r->path));
	int fd = open(dir, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (fsync(fd))
		errno = 0;
	close(fd);
}

int replace_put(const struct replace *r, const char *bytes, size_t len, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	int why = 0, fd;

	/* Under the lock nobody else has this name: what is there is of one that was killed. */
	unlink(r->temp);
	fd = open(r->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0)
		return cannot_write(r->shown, errno, err);
	keep_mode(r, fd);
	why = write_all(fd, bytes, len);
	if (!why && fsync(fd))
		why = errno;
	if (close(fd) && !why)
		why = errno;
	if (!why && rename(r->temp, r->path))
		why = errno;
	if (why)
		unlink(r->temp);
	else
		sync_folder(r, &scratch);
	arena_release(&scratch);
	return why ? cannot_write(r->shown, why, err) : 0;
}

void replace_end(struct replace *r)
{
	if (r->lock_fd < 0)
		return;
	/* First the name, then the lock: nobody may lock a file that is about to go. */
	unlink(r->lock);
	close(r->lock_fd);
	r->lock_fd = -1;
}
