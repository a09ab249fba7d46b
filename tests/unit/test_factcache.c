/* SPDX-License-Identifier: MIT */
/*
 * test_factcache.c - the fact cache against what was stored: whatever happens to
 * its files, its folder and its lock, it finds just that or nothing, and after the
 * worst of it the next store makes it whole again.
 */
#include "tests/unit/factworld.h"

#include "base/checksum.h"

#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

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
