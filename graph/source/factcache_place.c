/* SPDX-License-Identifier: MIT */
/*
 * factcache_place.c - the folder of the cache: where it is, whether it is ours
 * and local, its lock, and its counts.
 */
#include "base/checksum.h"
#include "graph/source/factcache_part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
# include <sys/vfs.h>
#else
# include <sys/mount.h>
#endif

#define LOCK_FILE "facts.lock"
#define STATS_FILE "facts.stats"
#define STATS_MAGIC UINT64_C(0x737461745f31666d)

/* Reading is a matter of milliseconds, writing of less than a second. */
#define LOCK_STEP_MS 5
#define SHARED_STEPS 400
#define EXCLUSIVE_STEPS 2000

void place_note(struct place *p, const char *fmt, ...)
{
	char cause[NOTE_BYTES - 32];
	va_list ap;

	if (p->note[0])
		return;
	va_start(ap, fmt);
	vsnprintf(cause, sizeof(cause), fmt, ap);
	va_end(ap);
	snprintf(p->note, sizeof(p->note), "no fact cache: %s", cause);
}

void place_note_damage(struct place *p, enum generation g, const char *why)
{
	if (!p->note[0])
		snprintf(p->note, sizeof(p->note), "the fact cache is made again: '%.300s/%s' %s",
			 p->path, place_file(g), why);
}

/* False where the environment names no folder. */
static bool find(struct place *p, const char *folder)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int n;

	/* A relative path is to be ignored: XDG Base Directory Specification. */
	if (folder)
		n = snprintf(p->path, sizeof(p->path), "%s", folder);
	else if (cache && *cache == '/')
		n = snprintf(p->path, sizeof(p->path), "%s/meshctl", cache);
	else if (home && *home == '/')
		n = snprintf(p->path, sizeof(p->path), "%s/.cache/meshctl", home);
	else
		return place_note(p, "neither XDG_CACHE_HOME nor HOME names a folder"), false;
	if (n < 0 || (size_t)n >= sizeof(p->path))
		return place_note(p, "the name of its folder is too long"), false;
	return true;
}

/* Each missing folder on the way, for us alone. */
static bool make_folders(struct place *p)
{
	for (char *slash = strchr(p->path + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		int r = mkdir(p->path, 0700), number = errno;

		if (slash)
			*slash = '/';
		/* What is there, or may not be looked at, shows itself when it is opened. */
		if (r && number != EEXIST && !slash)
			return place_note(p, "cannot make '%.300s': %s", p->path,
					  strerror(number)), false;
		if (!slash)
			return true;
	}
}

/* The name of a network's file system, or NULL. */
static const char *network(int fd)
{
#ifdef __linux__
	static const struct { uint32_t magic; const char *name; } networks[] = {
#define NETWORK(magic, name) { magic, name },
#include "graph/source/networks.def"
#undef NETWORK
	};
	struct statfs fs;

	if (fstatfs(fd, &fs))
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(networks); i++)
		if ((uint32_t)fs.f_type == networks[i].magic)
			return networks[i].name;
	return NULL;
#else
	struct statfs fs;

	return !fstatfs(fd, &fs) && !(fs.f_flags & MNT_LOCAL) ? "network" : NULL;
#endif
}

static bool is_ours(struct place *p)
{
	const char *name = network(p->folder);
	struct stat st;

	if (name)
		return place_note(p, "'%.300s' is on a %s file system", p->path, name), false;
	if (fstat(p->folder, &st))
		return place_note(p, "cannot look at '%.300s': %s", p->path,
				  strerror(errno)), false;
	/* What others put there would be believed. */
	if (st.st_uid != geteuid())
		return place_note(p, "'%.300s' belongs to somebody else", p->path), false;
	if (st.st_mode & (S_IWGRP | S_IWOTH))
		return place_note(p, "others may write into '%.300s'", p->path), false;
	return true;
}

bool place_open(struct place *p, const char *folder, bool create)
{
	p->folder = p->lock = -1;
	p->exists = false;
	p->note[0] = '\0';
	if (sizeof(size_t) != 8)
		return place_note(p, "this machine has no 64-bit addresses"), false;
	if (!find(p, folder) || (create && !make_folders(p)))
		return false;
	p->folder = open(p->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->folder < 0) {
		if (errno != ENOENT)
			place_note(p, "cannot open '%.300s': %s", p->path, strerror(errno));
		return false;
	}
	p->exists = true;
	if (is_ours(p))
		return true;
	place_close(p);
	return false;
}

static int open_lock(const struct place *p)
{
	const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	int fd = openat(p->folder, LOCK_FILE, O_RDWR | O_CREAT | flags, 0600);

	/* A folder that cannot be written to may hold a cache all the same. */
	return fd < 0 ? openat(p->folder, LOCK_FILE, O_RDONLY | flags) : fd;
}

bool place_lock(struct place *p, bool exclusive)
{
	const struct timespec step = { .tv_nsec = LOCK_STEP_MS * 1000000L };
	unsigned steps = exclusive ? EXCLUSIVE_STEPS : SHARED_STEPS;

	p->lock = open_lock(p);
	if (p->lock < 0)
		return place_note(p, "cannot open '%.300s/%s': %s", p->path, LOCK_FILE,
				  strerror(errno)), false;
	while (flock(p->lock, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB)) {
		int number = errno;

		if (number == EINTR || (number == EWOULDBLOCK && steps--)) {
			nanosleep(&step, NULL);
			continue;
		}
		place_unlock(p);
		if (number == EWOULDBLOCK)
			return place_note(p, "'%.300s' is in use by another process",
					  p->path), false;
		return place_note(p, "cannot lock '%.300s/%s': %s", p->path, LOCK_FILE,
				  strerror(number)), false;
	}
	return true;
}

bool place_try_lock(struct place *p)
{
	p->lock = open_lock(p);
	if (p->lock < 0)
		return false;
	if (!flock(p->lock, LOCK_EX | LOCK_NB))
		return true;
	close(p->lock);
	p->lock = -1;
	return false;
}

void place_unlock(struct place *p)
{
	/* Not by closing alone: a child may hold a copy. */
	if (p->lock >= 0) {
		flock(p->lock, LOCK_UN);
		close(p->lock);
	}
	p->lock = -1;
}

void place_close(struct place *p)
{
	place_unlock(p);
	if (p->folder >= 0)
		close(p->folder);
	p->folder = -1;
}

const char *place_file(enum generation g)
{
	return g == YOUNG ? "facts.mdb" : "facts-old.mdb";
}

void place_path(const struct place *p, enum generation g, char ret[4096])
{
	snprintf(ret, 4096, "%s/%s", p->path, place_file(g));
}

uint64_t place_room(void)
{
	struct rlimit r;

	return getrlimit(RLIMIT_FSIZE, &r) || r.rlim_cur == RLIM_INFINITY ? UINT64_MAX : r.rlim_cur;
}

void stats_read(const struct place *p, struct stats *ret)
{
	int fd = openat(p->folder, STATS_FILE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : pread(fd, ret, sizeof(*ret), 0);

	if (fd >= 0)
		close(fd);
	if (n != (ssize_t)sizeof(*ret) || ret->magic != STATS_MAGIC ||
	    ret->sum != checksum(0, ret, offsetof(struct stats, sum)))
		*ret = (struct stats){ .magic = STATS_MAGIC };
}

void stats_write(const struct place *p, struct stats *stats)
{
	int fd = place_room() < sizeof(*stats) ? -1 : openat(p->folder, STATS_FILE,
			O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	ssize_t n;

	if (fd < 0)
		return;
	stats->sum = checksum(0, stats, offsetof(struct stats, sum));
	/* Nobody misses counts that could not be written. */
	n = pwrite(fd, stats, sizeof(*stats), 0);
	(void)n;
	close(fd);
}
