/* SPDX-License-Identifier: MIT */
/*
 * factcache_check.c - is this file sound enough for LMDB?  The library follows
 * whatever its pages say, out of the file and in circles, and asserts; so each
 * page that it would look at is read and checked first.
 *
 * The layout is that of data version 1 (liblmdb 0.9, mdb.c), on 64-bit machines.
 * Another version is damage: the file is made again, or never used.
 */
#include "base/fault.h"
#include "graph/source/factcache_part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define META_MAGIC UINT32_C(0xbeefc0de)
#define META_VERSION 1u
#define NO_PAGE UINT64_MAX
#define MAX_DEPTH 16u                   /* a tree of 4-billion entries has fewer levels */

enum { PAGE_BRANCH = 1, PAGE_LEAF = 2, PAGE_OVERFLOW = 4, PAGE_META = 8 };
enum { NODE_BIG = 1 };
/* Persistent flags: of the free list MDB_INTEGERKEY and the environment's MDB_NOSUBDIR. */
enum { FREE_FLAGS = 0x4008, MAIN_FLAGS = 0 };

struct page {                           /* MDB_page */
	uint64_t number;
	uint16_t pad, flags, lower, upper;
};

struct database {                       /* MDB_db */
	uint32_t pad;
	uint16_t flags, depth;
	uint64_t branches, leaves, overflows, entries, root;
};

struct meta {                           /* MDB_meta */
	uint32_t magic, version;
	uint64_t address, mapsize;
	struct database db[2];          /* free list, main */
	uint64_t last_page, txn;
};

struct node {                           /* MDB_node; its first halves make one number */
	uint32_t low;
	uint16_t flags, key_bytes;
};

struct level {
	unsigned char *page;
	uint32_t next;                  /* node to look at */
};

struct checker {
	int fd;
	uint64_t bytes, pages;          /* of the file; of the tree: last_page + 1 */
	uint32_t page_bytes;
	struct meta meta;
	unsigned char *used;            /* one bit a page */
	struct level level[MAX_DEPTH];
	const char *why;
	unsigned char last_key[FACT_KEY_BYTES]; /* of the main tree, so far */
	bool separator;                 /* last_key is one: the next key may equal it */
	uint64_t branches, leaves, overflows, entries;
};

_Static_assert(sizeof(struct page) == 16 && sizeof(struct node) == 8 &&
	       sizeof(struct meta) == 136, "as mdb.c has them on 64-bit machines");

static bool bad(struct checker *c, const char *why)
{
	if (!c->why)
		c->why = why;
	return false;
}

static bool read_at(struct checker *c, void *to, size_t n, uint64_t at)
{
	char *p = to;

	while (n) {
		ssize_t got = fault_hit(FAULT_READ) ? errno = EIO, -1 :
			      pread(c->fd, p, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return bad(c, got ? "cannot be read" : "is shorter than it says");
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

/* Each page is somebody's, and only once. */
static bool claim(struct checker *c, uint64_t page, uint64_t count)
{
	if (page < 2 || page >= c->pages || count > c->pages - page)
		return bad(c, "has a page number outside of itself");
	for (uint64_t i = page; i < page + count; i++) {
		if (c->used[i / 8] >> i % 8 & 1)
			return bad(c, "uses a page twice");
		c->used[i / 8] |= (unsigned char)(1 << i % 8);
	}
	return true;
}

static bool read_meta(struct checker *c, uint64_t at, struct meta *ret)
{
	struct page page;

	if (!read_at(c, &page, sizeof(page), at) ||
	    !read_at(c, ret, sizeof(*ret), at + sizeof(page)))
		return false;
	if (!(page.flags & PAGE_META) || ret->magic != META_MAGIC)
		return bad(c, "is no LMDB file");
	if (ret->version != META_VERSION)
		return bad(c, "is of another version of LMDB");
	return true;
}

/* Both metas must do; the younger one counts. */
static bool read_metas(struct checker *c)
{
	struct meta meta[2];

	if (!read_meta(c, 0, &meta[0]))
		return false;
	c->page_bytes = meta[0].db[0].pad;
	if (c->page_bytes < 512 || c->page_bytes > 65536 || c->page_bytes & (c->page_bytes - 1))
		return bad(c, "has pages of no size");
	if (!read_meta(c, c->page_bytes, &meta[1]))
		return false;
	c->meta = meta[meta[0].txn < meta[1].txn];
	for (unsigned i = 0; i < 2; i++)
		if (meta[i].db[0].pad != c->page_bytes || meta[i].db[0].flags != FREE_FLAGS ||
		    meta[i].db[1].pad || meta[i].db[1].flags != MAIN_FLAGS || meta[i].address ||
		    meta[i].txn >= UINT64_MAX / 2)
			return bad(c, "has settings that are not ours");
	if (c->meta.last_page < 1 || c->meta.last_page > c->bytes / c->page_bytes * 2 + 4096)
		return bad(c, "ends nowhere near its last page");
	c->pages = c->meta.last_page + 1;
	return true;
}

static bool page_is_sound(struct checker *c, const unsigned char *bytes, uint64_t number, bool leaf,
			  uint32_t *ret_nodes)
{
	struct page page;

	memcpy(&page, bytes, sizeof(page));
	if (page.number != number || page.flags != (leaf ? PAGE_LEAF : PAGE_BRANCH) ||
	    page.lower < sizeof(page) || page.lower % 2 || page.lower > page.upper ||
	    page.upper > c->page_bytes)
		return bad(c, "has a page that is none");
	*ret_nodes = (uint32_t)(page.lower - sizeof(page)) / 2;
	return *ret_nodes >= (leaf ? 1u : 2u) || bad(c, "has an empty page");
}

/* The node and its key, both inside of the page, with room for `more` bytes behind the key. */
static bool node_at(struct checker *c, const unsigned char *page, uint32_t i, size_t more,
		    struct node *ret, const unsigned char **ret_key)
{
	uint16_t at, upper;

	memcpy(&at, page + sizeof(struct page) + i * sizeof(at), sizeof(at));
	memcpy(&upper, page + offsetof(struct page, upper), sizeof(upper));
	if (at < upper || at + sizeof(*ret) > c->page_bytes)
		return bad(c, "has a node outside of its page");
	memcpy(ret, page + at, sizeof(*ret));
	*ret_key = page + at + sizeof(*ret);
	if (at + sizeof(*ret) + ret->key_bytes + more > c->page_bytes)
		return bad(c, "has a node outside of its page");
	return true;
}

static uint64_t pages_of(const struct checker *c, uint64_t bytes)
{
	return (sizeof(struct page) + bytes + c->page_bytes - 1) / c->page_bytes;
}

/* The overflow pages of a node: `bytes` of value. */
static bool claim_value(struct checker *c, const unsigned char *at, uint64_t bytes, uint64_t *ret)
{
	uint64_t count = pages_of(c, bytes);

	memcpy(ret, at, sizeof(*ret));
	c->overflows += count;
	return claim(c, *ret, count) &&
	       (*ret * c->page_bytes + sizeof(struct page) + bytes <= c->bytes ||
		bad(c, "is shorter than it says"));
}

/* Keys ascend, and what separates two pages is not above the second's first. */
static bool next_key(struct checker *c, const unsigned char *key, bool separator)
{
	int order = memcmp(c->last_key, key, FACT_KEY_BYTES);

	if (order > 0 || (!order && !c->separator))
		return bad(c, "has entries out of order");
	memcpy(c->last_key, key, FACT_KEY_BYTES);
	c->separator = separator;
	return true;
}

/* A value of ours: on pages of its own, under a key of 32 bytes, in order. */
static bool check_main_leaf(struct checker *c, const unsigned char *page, uint32_t nodes)
{
	for (uint32_t i = 0; i < nodes; i++) {
		const unsigned char *key;
		struct node node;
		uint64_t value;

		if (!node_at(c, page, i, sizeof(value), &node, &key))
			return false;
		if (node.flags != NODE_BIG || node.key_bytes != FACT_KEY_BYTES)
			return bad(c, "has an entry that is not ours");
		if (!next_key(c, key, false))
			return false;
		c->entries++;
		if (!claim_value(c, key + FACT_KEY_BYTES, node.low, &value))
			return false;
	}
	return true;
}

/* A list of free pages: its length, then their numbers, descending. */
static bool check_free_list(struct checker *c, const unsigned char *list, uint64_t bytes)
{
	uint64_t count, before = UINT64_MAX;

	if (bytes < sizeof(count))
		return bad(c, "has a broken list of free pages");
	memcpy(&count, list, sizeof(count));
	if (count > bytes / sizeof(count) - 1)
		return bad(c, "has a broken list of free pages");
	for (uint64_t i = 1; i <= count; i++) {
		uint64_t page;

		memcpy(&page, list + i * sizeof(page), sizeof(page));
		if (page >= before)
			return bad(c, "has a broken list of free pages");
		if (!claim(c, page, 1))
			return false;
		before = page;
	}
	return true;
}

static bool check_big_free_list(struct checker *c, const unsigned char *at, uint64_t bytes)
{
	uint64_t number, count = pages_of(c, bytes);
	struct page head;
	uint32_t pages;
	bool sound;

	if (!claim_value(c, at, bytes, &number))
		return false;
	unsigned char *all = xrealloc(NULL, count, c->page_bytes);

	sound = read_at(c, all, (size_t)(sizeof(head) + bytes), number * c->page_bytes);
	if (sound) {
		memcpy(&head, all, sizeof(head));
		memcpy(&pages, all + offsetof(struct page, lower), sizeof(pages));
		if (head.number != number || head.flags != PAGE_OVERFLOW || pages != count)
			sound = bad(c, "has a page that is none");
	}
	sound = sound && check_free_list(c, all + sizeof(head), bytes);
	free(all);
	return sound;
}

static bool check_free_leaf(struct checker *c, const unsigned char *page, uint32_t nodes)
{
	for (uint32_t i = 0; i < nodes; i++) {
		const unsigned char *key;
		struct node node;
		uint64_t txn;

		if (!node_at(c, page, i, sizeof(txn), &node, &key))
			return false;
		if (node.key_bytes != sizeof(txn) || (node.flags && node.flags != NODE_BIG))
			return bad(c, "has an entry that is not ours");
		memcpy(&txn, key, sizeof(txn));
		if (!txn || txn > c->meta.txn)
			return bad(c, "has a free page of the future");
		c->entries++;
		if (node.flags == NODE_BIG) {
			if (!check_big_free_list(c, key + sizeof(txn), node.low))
				return false;
			continue;
		}
		if (node.low > c->page_bytes ||
		    (size_t)(key - page) + sizeof(txn) + node.low > c->page_bytes)
			return bad(c, "has a node outside of its page");
		if (!check_free_list(c, key + sizeof(txn), node.low))
			return false;
	}
	return true;
}

/* Reads the page that the tree names at this level and checks it; a leaf with all of its nodes. */
static bool enter(struct checker *c, unsigned database, uint64_t number, unsigned level)
{
	bool leaf = level + 1u == c->meta.db[database].depth;
	struct level *l = &c->level[level];
	uint32_t nodes = 0;

	if (!claim(c, number, 1) ||
	    !read_at(c, l->page, c->page_bytes, number * c->page_bytes) ||
	    !page_is_sound(c, l->page, number, leaf, &nodes))
		return false;
	l->next = 0;
	c->leaves += leaf;
	c->branches += !leaf;
	if (!leaf)
		return true;
	l->next = nodes;
	return database ? check_main_leaf(c, l->page, nodes) : check_free_leaf(c, l->page, nodes);
}

/* In order, with one page of each level in memory. */
static bool check_tree(struct checker *c, unsigned database)
{
	const struct database *db = &c->meta.db[database];
	unsigned level = 0;

	c->branches = c->leaves = c->overflows = c->entries = 0;
	memset(c->last_key, 0, sizeof(c->last_key));
	c->separator = true;
	if (db->root == NO_PAGE)
		return !(db->depth | db->branches | db->leaves | db->overflows | db->entries) ||
		       bad(c, "counts what it does not have");
	if (!db->depth || db->depth > MAX_DEPTH)
		return bad(c, "has a tree of no depth");
	for (unsigned i = 0; i < db->depth; i++)
		if (!c->level[i].page)
			c->level[i].page = xrealloc(NULL, 1, c->page_bytes);
	if (!enter(c, database, db->root, 0))
		return false;
	for (;;) {
		struct level *l = &c->level[level];
		const unsigned char *key;
		struct page page;
		struct node node;

		memcpy(&page, l->page, sizeof(page));
		if (l->next == (page.lower - sizeof(page)) / 2) {
			if (!level)
				break;
			level--;
			continue;
		}
		if (!node_at(c, l->page, l->next++, 0, &node, &key))
			return false;
		/* The first has none, or one that LMDB does not look at. */
		if (database && l->next > 1 && (node.key_bytes != FACT_KEY_BYTES ||
						!next_key(c, key, true)))
			return bad(c, "has entries out of order");
		if (!enter(c, database, (uint64_t)node.flags << 32 | node.low, ++level))
			return false;
	}
	if (c->branches != db->branches || c->leaves != db->leaves || c->entries != db->entries ||
	    c->overflows != db->overflows)
		return bad(c, "counts what it does not have");
	return true;
}

static void check_file(struct checker *c)
{
	if (!read_metas(c))
		return;
	c->used = xcalloc((size_t)(c->pages / 8 + 1), 1);
	if (check_tree(c, 0))
		check_tree(c, 1);
	free(c->used);
	for (unsigned i = 0; i < MAX_DEPTH; i++)
		free(c->level[i].page);
}

static struct sound foreign(const char *why)
{
	return (struct sound){ .is = FILE_FOREIGN, .why = why };
}

struct sound factcheck(int folder, const char *name)
{
	struct checker c = { 0 };
	struct stat st;

	/* Not blocking: it may be a pipe. */
	c.fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (c.fd < 0)
		return errno == ENOENT ? (struct sound){ .is = FILE_ABSENT } :
		       foreign(errno == ELOOP ? "is a link" : strerror(errno));
	if (fstat(c.fd, &st) || !S_ISREG(st.st_mode)) {
		close(c.fd);
		return foreign("is no regular file");
	}
	struct sound s = { .is = FILE_ABSENT, .device = st.st_dev, .inode = st.st_ino,
			   .bytes = (uint64_t)st.st_size };

	if (st.st_size > 0) {
		c.bytes = (uint64_t)st.st_size;
		check_file(&c);
		s.is = c.why ? FILE_DAMAGED : FILE_SOUND;
		s.why = c.why;
		s.entries = c.why ? 0 : c.entries;
	}
	close(c.fd);
	return s;
}
