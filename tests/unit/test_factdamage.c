/* SPDX-License-Identifier: MIT */
/*
 * test_factdamage.c - files of the fact cache as LMDB writes them are sound, those
 * that were damaged are not believed, and no damage makes the library crash.
 */
#include "tests/unit/factworld.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_library_is_understood),
		cmocka_unit_test(damage_is_never_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
