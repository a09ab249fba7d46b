/* SPDX-License-Identifier: MIT */
/*
 * tree_plumbing.c - asks git where the repository is, what the revision is and which
 * files are in it; one `git cat-file --batch` reads the blobs.
 */
#include "graph/source/tree_plumbing.h"
#include "base/date.h"
#include "graph/source/gitindex.h"
#include "graph/source/gitrun.h"
#include "graph/source/staged.h"

#include <stdlib.h>
#include <string.h>

struct plumbing {
	const char *dir;
	struct arena *arena;            /* of answers */
	unsigned id_bytes;
	const char *git_dir, *work;     /* work is NULL when bare */
};

struct git_reader {
	struct blob_reader reader;
	struct git_objects *objects;
	unsigned id_bytes;
};

static const char *hex_of(const unsigned char *id, unsigned id_bytes, char *hex)
{
	for (unsigned i = 0; i < id_bytes; i++)
		snprintf(hex + 2 * i, 3, "%02x", id[i]);
	return hex;
}

static int git_read(struct blob_reader *reader, const struct flat_entry *e, size_t max UNUSED,
		    struct tree_buf *buf, struct err *err)
{
	struct git_reader *r = (struct git_reader *)reader;
	char hex[2 * GITINDEX_SHA256 + 1], *bytes;
	size_t len;

	if (git_objects_blob(r->objects, hex_of(e->id, r->id_bytes, hex), &bytes, &len, err))
		return -1;
	buf->held = bytes;
	buf->drop = free;
	buf->bytes = bytes;
	buf->len = len;
	return 0;
}

static void git_close(struct blob_reader *reader)
{
	struct git_reader *r = (struct git_reader *)reader;

	git_objects_close(r->objects);
	free(r);
}

/* One answer without its last newline. */
static int ask(const struct plumbing *p, const char *const *word, const char **ret,
	       struct err *err)
{
	size_t len;

	if (git_output(p->dir, word, p->arena, ret, &len, err))
		return -1;
	if (len && (*ret)[len - 1] == '\n')
		*ret = arena_strndup(p->arena, *ret, len - 1);
	return 0;
}

/* The first line of a text; *text moves behind it. */
static const char *line(const char **text, struct arena *arena)
{
	size_t n = strcspn(*text, "\n");
	const char *first = arena_strndup(arena, *text, n);

	*text += n + ((*text)[n] == '\n');
	return first;
}

static int find_repository(struct plumbing *p, struct err *err)
{
	static const char *const what[] = { "rev-parse", "--show-object-format",
					    "--is-inside-work-tree", "--absolute-git-dir", NULL };
	static const char *const top[] = { "rev-parse", "--show-toplevel", NULL };
	const char *text, *format;
	bool inside;

	if (ask(p, what, &text, err))
		return -1;
	format = line(&text, p->arena);
	inside = !strcmp(line(&text, p->arena), "true");
	p->git_dir = text;
	p->id_bytes = strcmp(format, "sha256") ? GITINDEX_SHA1 : GITINDEX_SHA256;
	return inside ? ask(p, top, &p->work, err) : 0;
}

static void place(const struct plumbing *p, const char **ret_root, const char **ret_prefix)
{
	char *real = realpath(p->dir, NULL);
	const char *below = real && p->work ? path_below(real, p->work) : NULL;

	*ret_root = p->work ? p->work : p->git_dir;
	*ret_prefix = below ? arena_strdup(p->arena, below) : "";
	free(real);
}

static int describe(const struct plumbing *p, const char *rev, struct source_rev *ret,
		    struct err *err)
{
	const char *const verify[] = { "rev-parse", "--verify", "--quiet", "--end-of-options",
				       arena_printf(p->arena, "%s^{commit}", rev), NULL };
	struct err cause = ERR_INIT;

	*ret = (struct source_rev){ .commit = "", .branch = "", .known = true, .clean = true };
	if (ask(p, verify, &ret->commit, &cause)) {
		if (cause.code == ERR_SYSTEM) {
			*err = cause;
			return -1;
		}
		return err_set(err, ERR_INPUT, "cannot find revision '%s': it is no commit", rev);
	}
	const char *const when[] = { "log", "-1", "--no-show-signature", "--format=%ct",
				     ret->commit, "--", NULL };
	const char *seconds;

	if (ask(p, when, &seconds, err))
		return -1;
	ret->commit_time = date_seconds(strtoll(seconds, NULL, 10));
	return 0;
}

/* HEAD as it is before and after the first commit: that git does not run says neither. */
static int describe_head(const struct plumbing *p, struct source_rev *ret, struct err *err)
{
	static const char *const head[] = { "symbolic-ref", "--quiet", "HEAD", NULL };
	static const char heads[] = "refs/heads/";
	struct err cause = ERR_INIT, none = ERR_INIT;
	const char *name;

	if (describe(p, "HEAD", ret, &cause))
		*ret = (struct source_rev){ .commit = "", .branch = "", .known = true };
	ret->clean = false;
	ret->staged = true;
	if (!ask(p, head, &name, &none) && !strncmp(name, heads, sizeof(heads) - 1))
		ret->branch = name + sizeof(heads) - 1;
	if (cause.code != ERR_SYSTEM && none.code != ERR_SYSTEM)
		return 0;
	*err = cause.code == ERR_SYSTEM ? cause : none;
	return -1;
}

static bool parse_hex(const char *hex, unsigned id_bytes, unsigned char *ret)
{
	static const char digits[] = "0123456789abcdef";

	for (unsigned i = 0; i < 2 * id_bytes; i++) {
		const char *d = hex[i] ? strchr(digits, hex[i]) : NULL;

		if (!d)
			return false;
		ret[i / 2] = (unsigned char)(ret[i / 2] << 4 | (d - digits));
	}
	return true;
}

/* "<mode> <type> <id>\t<path>\0", again and again; paths get `folder` in front. */
static int parse_tree(const struct plumbing *p, const char *text, size_t len, const char *folder,
		      struct flat_list *l, struct err *err)
{
	const ptrdiff_t digits = 2 * (ptrdiff_t)p->id_bytes;

	for (const char *at = text, *end = text + len; at < end; at += strlen(at) + 1) {
		const char *tab = strchr(at, '\t');
		unsigned char *id = (unsigned char *)arena_alloc(&l->arena, p->id_bytes, 1);
		char *mode_end;
		unsigned long mode = strtoul(at, &mode_end, 8);

		if (!tab || mode_end == at || tab - at < digits ||
		    !parse_hex(tab - digits, p->id_bytes, id))
			return err_set(err, ERR_INPUT, "git ls-tree says '%.100s'", at);
		const char *path = *folder ? arena_printf(&l->arena, "%s%s", folder, tab + 1) :
					     arena_strdup(&l->arena, tab + 1);

		flat_list_add(l, &(struct flat_entry){ path, (uint32_t)strlen(path),
						       (uint32_t)mode, id, NULL });
	}
	return 0;
}

static int list_tree(const struct plumbing *p, const char *id, const char *folder,
		     struct flat_list *l, struct err *err)
{
	const char *const word[] = { "ls-tree", "-r", "-z", "--full-tree", id, NULL };
	const char *text;
	size_t len;

	return git_output(p->dir, word, &l->arena, &text, &len, err) ||
	       parse_tree(p, text, len, folder, l, err) ? -1 : 0;
}

static int expand(void *ctx, const char *path, const unsigned char *id, struct flat_list *l,
		  struct err *err)
{
	const struct plumbing *p = ctx;
	char hex[2 * GITINDEX_SHA256 + 1];

	return list_tree(p, hex_of(id, p->id_bytes, hex), path, l, err);
}

static struct tree *make_tree(const struct plumbing *p, struct flat_list *l, struct err *err)
{
	struct git_reader *r = xcalloc(1, sizeof(*r));

	r->reader = (struct blob_reader){ git_read, NULL, git_close,
					  p->id_bytes == GITINDEX_SHA1 };
	r->id_bytes = p->id_bytes;
	r->objects = git_objects_open(p->dir, err);
	if (r->objects)
		return tree_flat_open(l, &r->reader);
	free(r);
	return NULL;
}

int tree_plumbing_open(const char *dir, const char *rev, struct arena *arena, struct tree **ret,
		       const char **ret_root, const char **ret_prefix, struct source_rev *ret_rev,
		       struct err *err)
{
	struct plumbing p = { .dir = dir, .arena = arena };
	struct flat_list list = { .arena = ARENA_INIT };
	struct gitindex ignored;
	int r;

	*ret = NULL;
	if (find_repository(&p, err))
		return -1;
	place(&p, ret_root, ret_prefix);
	if (rev) {
		r = describe(&p, rev, ret_rev, err) || list_tree(&p, ret_rev->commit, "", &list,
								 err);
	} else {
		const struct staged s = {
			.git_dir = p.git_dir, .work = p.work, .id_bytes = p.id_bytes,
			.expand = expand, .ctx = &p,
		};

		r = describe_head(&p, ret_rev, err) || staged_list(&s, &list, &ignored, err);
	}
	if (!r)
		*ret = make_tree(&p, &list, err);
	flat_list_release(&list);
	return *ret ? 0 : -1;
}
