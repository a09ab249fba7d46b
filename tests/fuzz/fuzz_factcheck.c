/* SPDX-License-Identifier: MIT */
/*
 * fuzz_factcheck.c - any bytes in the place of the fact cache's file.  What
 * factcheck() takes for sound LMDB reads and writes without a crash, what it finds
 * is what was stored, and after one store the file is sound.
 */
#include "graph/source/factcache_part.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ITEMS 40u

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct item { struct blob_id id; uint64_t facts[8]; };

static struct item item(unsigned i)
{
	struct item it = { .id = { { 0 } } };

	memset(it.id.byte, (int)(i * 37 % 256), sizeof(it.id.byte));
	for (unsigned k = 0; k < ARRAY_SIZE(it.facts); k++)
		it.facts[k] = i * 1000003u + k;
	return it;
}

static void ask_all(struct factcache *c)
{
	for (unsigned i = 0; i < ITEMS; i++) {
		const struct item it = item(i);
		size_t size;
		bool old;
		const void *facts = factcache_find(c, 0, &it.id, &size, &old);

		if (facts && (size != sizeof(it.facts) || memcmp(facts, it.facts, size)))
			BUG("other facts than were stored");
	}
}

static void one(const char *folder, const uint8_t *bytes, size_t len)
{
	const struct factcache_options o = { .folder = folder, .workers = 1,
					     .limit = (uint64_t)64 << 20 };
	char path[128];

	snprintf(path, sizeof(path), "%s/facts.mdb", folder);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len)
		BUG("cannot write '%s'", path);
	close(fd);
	struct factcache *c = factcache_open(&o);
	struct item last = item(ITEMS);

	ask_all(c);
	factcache_settle(c);
	factcache_store(c, &(struct fact_item){ last.id, last.facts, sizeof(last.facts) }, 1);
	factcache_close(c);
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct sound s = factcheck(dir, place_file(YOUNG));

	if (s.is != FILE_SOUND)
		BUG("not sound after a store: %s", s.why ? s.why : "absent");
	close(dir);
	unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char folder[] = "/tmp/meshctl-fuzz-XXXXXX";
	static const char *const names[] = { "facts.lock", "facts.stats", "facts-old.mdb" };
	char path[128];

	if (!mkdtemp(folder))
		BUG("no folder in /tmp");
	one(folder, bytes, len);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	if (rmdir(folder))
		BUG("'%s' is not empty", folder);
	return 0;
}
