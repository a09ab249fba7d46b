/* SPDX-License-Identifier: MIT */
/*
 * test_factcache.c - the fact cache against what was stored: whatever happens to
 * its files, its folder and its lock, it finds just that or nothing, and after the
 * worst of it the next store makes it whole again.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/checksum.h"
#include "graph/source/factcache_part.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ITEMS 400u

struct dice { uint64_t state; };

static uint32_t roll(struct dice *d, uint32_t sides)
{
	d->state = d->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(d->state >> 33) % sides;
}

/* Facts of their own for each, so that any mix-up shows. */
struct world {
	char top[32], folder[64];
	struct fact_item item[ITEMS];
};

static void make_item(struct fact_item *item, uint32_t i, uint32_t size)
{
	uint32_t *words = xcalloc(size / 4 + 1, 4);

	for (uint32_t k = 0; k < size / 4; k++)
		words[k] = i * 2654435761u + k;
	for (uint32_t k = 0; k < BLOB_ID_BYTES / 4; k++) {
		uint32_t part = (i + 1) * (k * 40503u + 2246822519u);

		memcpy(item->id.byte + k * 4, &part, 4);
	}
	item->block = words;
	item->size = size;
}

static void begin(struct world *w, uint32_t largest)
{
	struct dice d = { 5 };

	*w = (struct world){ .top = "/tmp/meshctl-unit-XXXXXX" };
	assert_non_null(mkdtemp(w->top));
	snprintf(w->folder, sizeof(w->folder), "%s/a/meshctl", w->top);
	for (uint32_t i = 0; i < ITEMS; i++)
		make_item(&w->item[i], i, roll(&d, largest) & ~7u);
}

static void end(struct world *w)
{
	static const char *const names[] = { "facts.mdb", "facts-old.mdb", "facts.lock",
					     "facts.stats", "" };
	char path[128];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", w->folder, names[i]);
		if (unlink(path))
			rmdir(path);
	}
	snprintf(path, sizeof(path), "%s/a", w->top);
	rmdir(path);
	assert_int_equal(rmdir(w->top), 0);
	for (uint32_t i = 0; i < ITEMS; i++)
		free((void *)(uintptr_t)w->item[i].block);
}

static struct factcache *open_cache(const struct world *w, uint64_t limit)
{
	return factcache_open(&(struct factcache_options){ .folder = w->folder, .workers = 2,
							   .limit = limit });
}

/* What is found must be what was stored; returns whether it is. */
static bool find(struct factcache *c, const struct fact_item *item, bool *ret_old)
{
	bool old = false;
	size_t size = 0;
	const void *facts = factcache_find(c, roll(&(struct dice){ item->size }, 2), &item->id,
					   &size, &old);

	if (!facts)
		return false;
	assert_int_equal((uintptr_t)facts % 8, 0);
	assert_int_equal(size, item->size);
	assert_int_equal(memcmp(facts, item->block, size), 0);
	if (ret_old)
		*ret_old = old;
	return true;
}

static uint32_t find_all(const struct world *w, uint32_t count, const char **ret_note)
{
	struct factcache *c = open_cache(w, 0);
	static char note[NOTE_BYTES];
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		n += find(c, &w->item[i], NULL);
	factcache_settle(c);
	snprintf(note, sizeof(note), "%s", factcache_note(c) ? factcache_note(c) : "");
	if (ret_note)
		*ret_note = note;
	factcache_close(c);
	return n;
}

static void store(const struct world *w, uint32_t from, uint32_t count, uint64_t limit)
{
	struct factcache *c = open_cache(w, limit);

	factcache_settle(c);
	factcache_store(c, w->item + from, count);
	factcache_close(c);
}

static struct sound young(const struct world *w)
{
	int folder = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct sound s = factcheck(folder, place_file(YOUNG));

	close(folder);
	return s;
}

static void facts_come_back(void **state UNUSED)
{
	const char *note;
	struct stat st;
	struct world w;

	begin(&w, 60000);
	assert_int_equal(find_all(&w, ITEMS, &note), 0);
	assert_string_equal(note, "");
	store(&w, 0, ITEMS / 2, 0);
	assert_int_equal(find_all(&w, ITEMS, &note), ITEMS / 2);
	store(&w, 0, ITEMS, 0);
	assert_int_equal(find_all(&w, ITEMS, &note), ITEMS);
	assert_string_equal(note, "");
	assert_int_equal(young(&w).entries, ITEMS);
	uint64_t bytes = young(&w).bytes;

	store(&w, 0, ITEMS, 0);
	assert_int_equal(young(&w).bytes, bytes);
	assert_int_equal(stat(w.folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	char path[128];

	snprintf(path, sizeof(path), "%s/facts.mdb", w.folder);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	end(&w);
}

/* What the library writes is always sound, whatever lies in its list of free pages. */
static void the_library_is_understood(void **state UNUSED)
{
	struct world w;

	begin(&w, 3000);
	for (uint32_t i = 0; i < ITEMS; i++) {
		uint32_t n = i * 173 % ITEMS;

		store(&w, n, 1, 0);
		struct sound s = young(&w);

		if (s.is != FILE_SOUND)
			fail_msg("after %u: %s", i, s.why);
		assert_int_equal(s.entries, i + 1);
	}
	assert_int_equal(find_all(&w, ITEMS, NULL), ITEMS);
	end(&w);
}

static void write_file(const char *path, const unsigned char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

/* Some bytes, a run of bytes, a page over another, the end; often where the tree is. */
static size_t damage(struct dice *d, unsigned char *p, size_t n)
{
	uint32_t at = roll(d, (uint32_t)n), tree = 0;
	size_t len = 1 + roll(d, 600);

	for (uint32_t try = 0; try < 400 && !tree; try++) {
		uint32_t page = roll(d, (uint32_t)(n / 4096)) * 4096;

		if (p[page + 10] == 1 || p[page + 10] == 2 || page < 8192)
			tree = page;
	}
	switch (roll(d, 9)) {
	case 0:
		return roll(d, (uint32_t)n);
	case 1:
		return n / 4096 * 4096 - roll(d, 6) * 4096;
	case 2:
		memcpy(p + at / 4096 * 4096, p + tree, 4096);
		return n;
	case 3:
		memset(p + at, (int)roll(d, 256), at + len > n ? n - at : len);
		return n;
	case 4:
		p[at] ^= (unsigned char)(1 << roll(d, 8));
		return n;
	case 5:
		p[roll(d, 2) * 4096 + roll(d, 152)] = (unsigned char)roll(d, 256);
		return n;
	default:
		for (uint32_t k = roll(d, 4) + 1; k--;)
			p[tree + roll(d, roll(d, 2) ? 4096 : 64)] = (unsigned char)roll(d, 256);
		return n;
	}
}

static void damage_is_never_believed(void **state UNUSED)
{
	uint32_t lost = 0, whole = 0, quiet = 0;
	struct dice d = { 3 };
	char path[128];
	struct world w;

	begin(&w, 2000);
	for (uint32_t i = 0; i < 300; i += 5)
		store(&w, i, 5, 0);
	snprintf(path, sizeof(path), "%s/facts.mdb", w.folder);
	size_t n = (size_t)young(&w).bytes;
	unsigned char *good = xcalloc(n, 1), *bad = xcalloc(n, 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_int_equal(read(fd, good, n), (ssize_t)n);
	close(fd);
	for (uint32_t round = 0; round < 1500; round++) {
		const char *note;

		memcpy(bad, good, n);
		write_file(path, bad, damage(&d, bad, n));
		uint32_t found = find_all(&w, 300, &note);

		lost += found < 300;
		whole += found == 300;
		/* A key may have become another's without a trace; no more than that. */
		quiet += found < 300 && !*note && young(&w).bytes;
		struct factcache *c = open_cache(&w, 0);

		for (uint32_t i = 0; i < 300; i++)
			find(c, &w.item[i], NULL);
		factcache_settle(c);
		factcache_store(c, w.item + 300, 100);
		factcache_close(c);
		struct sound s = young(&w);

		if (s.is != FILE_SOUND)
			fail_msg("round %u: %s", round, s.why);
		c = open_cache(&w, 0);
		for (uint32_t i = 300; i < 400; i++)
			assert_true(find(c, &w.item[i], NULL));
		factcache_close(c);
	}
	assert_true(lost > 500 && whole > 20 && quiet < lost / 10);
	free(good);
	free(bad);
	end(&w);
}

static void foreign_files_are_replaced(void **state UNUSED)
{
	static const unsigned char text[] = "these are not facts\n";
	const char *note;
	char path[128];
	struct world w;

	begin(&w, 2000);
	store(&w, 0, 10, 0);
	snprintf(path, sizeof(path), "%s/facts.mdb", w.folder);
	write_file(path, text, sizeof(text));
	assert_int_equal(find_all(&w, 10, &note), 0);
	assert_non_null(strstr(note, "made again"));
	store(&w, 0, 10, 0);
	assert_int_equal(find_all(&w, 10, &note), 10);
	assert_string_equal(note, "");
	end(&w);
}

/* What is no file of ours stays, and is told. */
static void strange_things_are_left_alone(void **state UNUSED)
{
	const char *note;
	char path[128];
	struct stat st;
	struct world w;

	for (int kind = 0; kind < 3; kind++) {
		begin(&w, 2000);
		store(&w, 0, 10, 0);
		snprintf(path, sizeof(path), "%s/facts.mdb", w.folder);
		assert_int_equal(unlink(path), 0);
		assert_int_equal(kind == 0 ? mkdir(path, 0700) :
				 kind == 1 ? mkfifo(path, 0600) : symlink("nowhere", path), 0);
		assert_int_equal(find_all(&w, 10, &note), 0);
		assert_non_null(strstr(note, "no fact cache: "));
		store(&w, 0, 10, 0);
		assert_int_equal(find_all(&w, 10, &note), 0);
		assert_int_equal(lstat(path, &st), 0);
		assert_true(kind == 0 ? S_ISDIR(st.st_mode) :
			    kind == 1 ? S_ISFIFO(st.st_mode) : S_ISLNK(st.st_mode));
		end(&w);
	}
}

static void folders_of_others_are_not_used(void **state UNUSED)
{
	const char *note;
	char path[128];
	struct world w;

	begin(&w, 2000);
	store(&w, 0, 10, 0);
	assert_int_equal(chmod(w.folder, 0770), 0);
	assert_int_equal(find_all(&w, 10, &note), 0);
	assert_non_null(strstr(note, "others may write"));
	store(&w, 10, 10, 0);
	assert_int_equal(chmod(w.folder, 0700), 0);
	assert_int_equal(find_all(&w, 20, &note), 10);
	if (!geteuid()) {
		assert_int_equal(chown(w.folder, 1, 1), 0);
		assert_int_equal(find_all(&w, 10, &note), 0);
		assert_non_null(strstr(note, "belongs to somebody else"));
		assert_int_equal(chown(w.folder, 0, 0), 0);
	}
	end(&w);
	begin(&w, 2000);
	snprintf(path, sizeof(path), "%s/a", w.top);
	write_file(path, (const unsigned char *)"", 0);
	assert_int_equal(find_all(&w, 10, &note), 0);
	assert_non_null(strstr(note, "no fact cache: cannot open"));
	store(&w, 0, 10, 0);
	assert_int_equal(unlink(path), 0);
	end(&w);
}

/* Old facts go, those in use and the newest stay, and the size has its limit. */
static void generations_pass(void **state UNUSED)
{
	const uint64_t limit = (uint64_t)6 << 20;
	uint32_t oldest = 0, rounds = 0;
	struct factcache_status s;
	struct arena arena = ARENA_INIT;
	struct world w;

	begin(&w, 60000);
	for (uint32_t from = 10; from + 10 <= ITEMS; from += 10, rounds++) {
		struct factcache *c = open_cache(&w, limit);
		struct fact_item again[10];
		uint32_t n = 0;
		bool old;

		for (uint32_t i = 0; i < 10; i++)
			if (find(c, &w.item[i], &old) ? old : !rounds)
				again[n++] = w.item[i];
			else
				assert_int_not_equal(rounds, 0);
		factcache_settle(c);
		factcache_store(c, again, n);
		factcache_close(c);
		store(&w, from, 10, limit);
		factcache_status(&(struct factcache_options){ .folder = w.folder, .limit = limit },
				 &arena, &s);
		assert_true(s.young.bytes + s.old.bytes <= limit);
		c = open_cache(&w, limit);
		for (uint32_t i = from; i < from + 10; i++)
			assert_true(find(c, &w.item[i], NULL));
		for (uint32_t i = 0; i < 10; i++)
			assert_true(find(c, &w.item[i], NULL));
		factcache_close(c);
	}
	for (uint32_t i = 10; i < 100; i++) {
		struct factcache *c = open_cache(&w, limit);

		oldest += find(c, &w.item[i], NULL);
		factcache_close(c);
	}
	assert_int_equal(oldest, 0);
	assert_true(s.old.present && s.young.present && s.old.since && s.young.since);
	arena_release(&arena);
	end(&w);
}

static void more_than_fits_is_left_out(void **state UNUSED)
{
	struct world w;
	uint32_t found;

	begin(&w, 60000);
	store(&w, 0, ITEMS, (uint64_t)4 << 20);
	found = find_all(&w, ITEMS, NULL);
	assert_true(found > 60 && found < ITEMS / 2);
	assert_true(young(&w).bytes <= (uint64_t)2 << 20);
	end(&w);
}

static void prune_and_clear(void **state UNUSED)
{
	struct factcache_options o = { .limit = (uint64_t)6 << 20 };
	struct arena arena = ARENA_INIT;
	struct factcache_status s;
	struct err err = ERR_INIT;
	uint64_t freed;
	struct world w;

	begin(&w, 60000);
	o.folder = w.folder;
	assert_int_equal(factcache_delete(&o, true, &freed, &err), 0);
	assert_int_equal(freed, 0);
	for (uint32_t i = 0; i < ITEMS; i += 10)
		store(&w, i, 10, o.limit);
	struct factcache *c = open_cache(&w, o.limit);

	find(c, &w.item[ITEMS - 1], NULL);
	factcache_count(c, 10, 4);
	factcache_close(c);
	factcache_status(&o, &arena, &s);
	assert_true(s.old.present && s.young.entries && s.old.entries);
	assert_int_equal(s.asked, 10);
	assert_int_equal(s.found, 4);
	assert_int_equal(s.runs, 1);
	uint64_t old = s.old.bytes, newer = s.young.bytes;

	assert_int_equal(factcache_delete(&o, false, &freed, &err), 0);
	assert_int_equal(freed, old);
	factcache_status(&o, &arena, &s);
	assert_false(s.old.present);
	assert_int_equal(s.asked, 10);
	assert_int_equal(factcache_delete(&o, true, &freed, &err), 0);
	assert_int_equal(freed, newer);
	factcache_status(&o, &arena, &s);
	assert_false(s.young.present);
	assert_int_equal(s.asked + s.runs + s.found, 0);
	arena_release(&arena);
	end(&w);
}

/* What was found stays while others write, prune and clear. */
static void found_facts_stay(void **state UNUSED)
{
	struct world w;
	struct err err = ERR_INIT;
	const void *facts[100];
	uint64_t freed;
	size_t size;
	bool old;

	begin(&w, 9000);
	store(&w, 0, 100, 0);
	struct factcache *c = open_cache(&w, 0);

	for (uint32_t i = 0; i < 100; i++)
		facts[i] = factcache_find(c, 0, &w.item[i].id, &size, &old);
	factcache_settle(c);
	for (uint32_t i = 100; i < ITEMS; i += 3)
		store(&w, i, 3, (uint64_t)4 << 20);
	assert_int_equal(factcache_delete(&(struct factcache_options){ .folder = w.folder }, true,
					  &freed, &err), 0);
	store(&w, 200, 100, 0);
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(memcmp(facts[i], w.item[i].block, w.item[i].size), 0);
	factcache_resume(c);
	assert_true(find(c, &w.item[250], NULL));
	assert_false(find(c, &w.item[50], NULL));
	factcache_close(c);
	end(&w);
}

static void a_lock_is_not_waited_for_for_ever(void **state UNUSED)
{
	const char *note;
	char path[128];
	struct world w;

	begin(&w, 2000);
	store(&w, 0, 10, 0);
	snprintf(path, sizeof(path), "%s/facts.lock", w.folder);
	int fd = open(path, O_RDWR | O_CLOEXEC);

	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(find_all(&w, 10, &note), 0);
	assert_non_null(strstr(note, "in use by another process"));
	close(fd);
	assert_int_equal(find_all(&w, 10, &note), 10);
	end(&w);
}

/* `ulimit -f` ends a process that writes more: it must not come to that. */
static void small_files_alone(void **state UNUSED)
{
	static const rlim_t limits[] = { 0, 10, 70000, 3 << 20 };
	struct world w;
	int status;

	begin(&w, 60000);
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		pid_t child = fork();

		if (!child) {
			struct rlimit r = { limits[i], limits[i] };

			setrlimit(RLIMIT_FSIZE, &r);
			store(&w, 0, ITEMS, 0);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		assert_true(young(&w).bytes <= limits[i]);
	}
	assert_true(find_all(&w, ITEMS, NULL) > 10);
	store(&w, 0, ITEMS, 0);
	assert_int_equal(find_all(&w, ITEMS, NULL), ITEMS);
	end(&w);
}

static void the_environment_names_the_folder(void **state UNUSED)
{
	struct place p;

	assert_int_equal(unsetenv("XDG_CACHE_HOME"), 0);
	assert_int_equal(unsetenv("HOME"), 0);
	assert_false(place_open(&p, NULL, false));
	assert_non_null(strstr(p.note, "neither XDG_CACHE_HOME nor HOME"));
	assert_int_equal(setenv("HOME", "/nowhere/h", 1), 0);
	assert_int_equal(setenv("XDG_CACHE_HOME", "relative", 1), 0);
	assert_false(place_open(&p, NULL, false));
	assert_string_equal(p.path, "/nowhere/h/.cache/meshctl");
	assert_string_equal(p.note, "");
	assert_int_equal(setenv("XDG_CACHE_HOME", "/nowhere/x", 1), 0);
	assert_false(place_open(&p, NULL, false));
	assert_string_equal(p.path, "/nowhere/x/meshctl");
}

static void checksums_see_every_bit(void **state UNUSED)
{
	unsigned char bytes[200];
	struct dice d = { 9 };

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)roll(&d, 256);
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		uint64_t sum = checksum(1, bytes, n);

		assert_int_not_equal(sum, checksum(2, bytes, n));
		if (n)
			assert_int_not_equal(sum, checksum(1, bytes, n - 1));
		for (size_t bit = 0; bit < n * 8; bit++) {
			bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
			assert_int_not_equal(sum, checksum(1, bytes, n));
			bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		}
	}
	memset(bytes, 0, sizeof(bytes));
	for (size_t n = 0; n < sizeof(bytes); n++)
		assert_int_not_equal(checksum(0, bytes, n), checksum(0, bytes, n + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checksums_see_every_bit),
		cmocka_unit_test(facts_come_back),
		cmocka_unit_test(the_library_is_understood),
		cmocka_unit_test(damage_is_never_believed),
		cmocka_unit_test(foreign_files_are_replaced),
		cmocka_unit_test(strange_things_are_left_alone),
		cmocka_unit_test(folders_of_others_are_not_used),
		cmocka_unit_test(generations_pass),
		cmocka_unit_test(more_than_fits_is_left_out),
		cmocka_unit_test(prune_and_clear),
		cmocka_unit_test(found_facts_stay),
		cmocka_unit_test(a_lock_is_not_waited_for_for_ever),
		cmocka_unit_test(small_files_alone),
		cmocka_unit_test(the_environment_names_the_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
